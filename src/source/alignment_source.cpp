#include <chrono>

#include "source/alignment_sources.hpp"

namespace vio::source {

namespace {

bool passes(const hts::AlignmentRecord& record, const ReadFilter& filter) {
  return record.mapping_quality() >= filter.min_mapping_quality &&
         (record.flag() & filter.require_flags) == filter.require_flags &&
         (record.flag() & filter.exclude_flags) == 0;
}

}  // namespace

AlignmentSource::AlignmentSource(hts::AlignmentReader& reader,
                                 const AlignmentSourceOptions& options)
    : reader_(reader), filter_(options.filter), bounds_(options.bounds) {}

std::optional<RecordBatch> AlignmentSource::next() {
  const auto began = std::chrono::steady_clock::now();
  RecordBatch batch;
  batch.first_ordinal = records_;
  std::vector<hts::AlignmentRecord> records;
  std::size_t symbols = 0;
  hts::AlignmentRecord record;
  core::GenomicInterval ended;
  while (records.size() + batch.region_ends.size() < bounds_.max_records &&
         symbols < bounds_.max_symbols) {
    const auto step = this->step(record, ended);
    if (step == Step::end) break;
    if (step == Step::region_end) {
      batch.region_ends.push_back({std::move(ended), records.size()});
    } else if (!passes(record, filter_)) {
      ++filtered_;
    } else {
      symbols += static_cast<std::size_t>(record.length());
      records.push_back(std::exchange(record, hts::AlignmentRecord()));
    }
  }
  if (records.empty() && batch.region_ends.empty()) return std::nullopt;
  records_ += records.size();
  batch.records = std::move(records);
  batch.header = reader_.header();
  batch.progress = progress();
  batch.progress.records = records_;
  batch.read_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return batch;
}

}  // namespace vio::source

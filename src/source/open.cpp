#include "vio/source/open.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "source/index_check.hpp"
#include "source/indexed_fasta.hpp"
#include "source/indexed_source.hpp"
#include "source/record_reader.hpp"
#include "source/regions.hpp"
#include "source/stream_source.hpp"
#include "source/target_source.hpp"
#include "vio/core/error.hpp"
#include "vio/hts/fasta_index.hpp"

namespace vio::source {

namespace {

std::unique_ptr<SequenceSource> open_indexed(const SourceOptions& options, hts::FastaIndex index,
                                             std::vector<PlannedUnit> plan) {
  if (options.shard) plan = plan_shard(std::move(plan), options);
  auto records = std::make_unique<FastaReader>(open_indexed_text(options.path, index));
  return std::make_unique<IndexedSource>(std::move(index), std::move(records), std::move(plan),
                                         options.chunk_symbols);
}

void check_entries(const SourceOptions& options, const hts::FastaIndex& index,
                   const std::vector<PlannedUnit>& plan) {
  std::vector<const hts::FastaEntry*> entries;
  entries.reserve(plan.size());
  for (const auto& unit : plan) entries.push_back(unit.entry);
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  const auto text = open_indexed_text(options.path, index);
  for (const auto* entry : entries) check_entry(*entry, *text, kRegionsNeed.otherwise);
}

std::unique_ptr<SequenceSource> open_regions(const SourceOptions& options, RecordReader& records) {
  auto index = open_fasta_index(options.path, records, kRegionsNeed);
  const auto regions = collect_regions(options.regions, options.regions_file);
  auto plan = plan_regions(index, regions, options.path);
  check_entries(options, index, plan);
  return open_indexed(options, std::move(index), std::move(plan));
}

std::unique_ptr<SequenceSource> open_shard(const SourceOptions& options, RecordReader& records) {
  check_is_file(records, "--shard needs to read it twice");
  if (records.format() == "fasta" && records.bytes().compression() != hts::Compression::gzip) {
    auto index = hts::FastaIndex::open(options.path);
    if (index && holds_every_record(*index, *open_indexed_text(options.path, *index))) {
      auto plan = plan_records(*index);
      return open_indexed(options, std::move(*index), std::move(plan));
    }
  }
  return std::make_unique<ShardedStreamSource>(options);
}

}  // namespace

std::unique_ptr<SequenceSource> open_sequences(const SourceOptions& options) {
  check_selection(options);
  return open_sequences(options, hts::Input(options.path));
}

std::unique_ptr<SequenceSource> open_sequences(const SourceOptions& options, hts::Input input) {
  check_selection(options);
  const bool seeks = options.wants_regions() || options.shard;
  auto reader = reader_options(options);
  if (seeks) reader.threads = 1;
  auto records = open_records(hts::ByteReader(std::move(input), reader));
  if (seeks) {
    records->check_end_marker();
    return options.wants_regions() ? open_regions(options, *records)
                                   : open_shard(options, *records);
  }
  if (options.wants_targets()) {
    return std::make_unique<TargetSource>(std::move(records),
                                          collect_regions(options.targets, options.targets_file),
                                          options.chunk_symbols);
  }
  return std::make_unique<StreamSource>(std::move(records), options.chunk_symbols);
}

}  // namespace vio::source

#include "vio/source/variant_source.hpp"

#include <algorithm>
#include <chrono>

namespace vio::source {

VariantSource::VariantSource(hts::VariantReader& reader, const VariantSourceOptions& options)
    : reader_(reader), max_windows_(options.max_windows), max_bytes_(options.max_bytes) {}

std::optional<VariantBatch> VariantSource::next() {
  const auto began = std::chrono::steady_clock::now();
  VariantBatch batch;
  batch.first_ordinal = records_;
  std::size_t windows = 0;
  std::size_t bytes = 0;
  while (windows < max_windows_ && bytes < max_bytes_) {
    hts::VariantRecord record;
    if (!read(record)) break;
    windows += std::max<std::size_t>(1, record.n_alleles());
    bytes += record.bytes();
    batch.records.push_back(std::move(record));
  }
  if (batch.records.empty()) return std::nullopt;
  records_ += batch.records.size();
  // HTSlib adds to the reader's header what a record uses undeclared, so batches have copies.
  auto& header = reader_.header();
  if (!header_ || header_->dictionary_size() != header.dictionary_size()) {
    header_ = std::make_shared<const hts::VariantHeader>(header.copy());
  }
  batch.header = header_;
  batch.progress = progress();
  batch.progress.records = records_;
  batch.read_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return batch;
}

}  // namespace vio::source

#include <fmt/format.h>

#include "source/variant_sources.hpp"
#include "vio/core/error.hpp"

namespace vio::source {

namespace {

ReadProgress stream_progress(const hts::VariantReader& reader) {
  return {.bytes = reader.compressed_position(), .total_bytes = reader.compressed_size()};
}

}  // namespace

StreamedVariants::StreamedVariants(hts::VariantReader& reader, const VariantSourceOptions& options,
                                   std::optional<VariantRegions> targets)
    : VariantSource(reader, options),
      targets_(std::move(targets)),
      overlap_(options.overlap.value_or(Overlap::position)) {}

bool StreamedVariants::read(hts::VariantRecord& record) {
  while (reader().read(record)) {
    if (!targets_) return true;
    const auto* const contig = targets_->find(record.contig(reader().header()));
    if (contig == nullptr) continue;
    const auto covered = covered_by(record, overlap_);
    if (first_overlap(contig->stretches, covered) != contig->stretches.end()) return true;
  }
  return false;
}

ReadProgress StreamedVariants::progress() const {
  return stream_progress(reader());
}

ShardedVariants::ShardedVariants(hts::VariantReader& reader, const VariantSourceOptions& options,
                                 std::vector<AxisInterval> axis)
    : VariantSource(reader, options), axis_(std::move(axis)) {
  for (std::size_t i = 0; i < axis_.size(); ++i) by_contig_.emplace(axis_[i].contig, i);
  const auto total = axis_.empty() ? 0 : axis_.back().axis + axis_.back().length;
  owned_ = shard_axis(total, *options.shard);
}

std::int64_t ShardedVariants::position_of(const hts::VariantRecord& record) const {
  const auto found = by_contig_.find(record.contig(reader().header()));
  if (found == by_contig_.end()) {
    throw core::InputError(fmt::format(
        "{0}: contig {1} is declared neither in the header nor in the reference, so that its shard "
        "is unknown; compress and index the file: `bcftools view -Oz -o FILE.vcf.gz {0} && "
        "bcftools index FILE.vcf.gz`.",
        reader().name(), record.contig(reader().header())));
  }
  return axis_position(axis_[found->second], record.position());
}

bool ShardedVariants::read(hts::VariantRecord& record) {
  while (reader().read(record)) {
    const auto position = position_of(record);
    if (position < last_position_) {
      throw core::InputError(fmt::format(
          "{}: the record at {} is not sorted in the order of the header's contigs, so that shards "
          "could not be put together again; sort the file with `bcftools sort`.",
          reader().name(), place_of(reader().header(), record)));
    }
    last_position_ = position;
    if (position >= owned_.begin && position < owned_.end) return true;
  }
  return false;
}

ReadProgress ShardedVariants::progress() const {
  return stream_progress(reader());
}

}  // namespace vio::source

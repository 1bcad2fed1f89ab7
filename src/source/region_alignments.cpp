#include "source/alignment_sources.hpp"

namespace vio::source {

namespace {

/// The regions of a shard: each belongs whole to the one that holds its begin, where all of them
/// are laid end to end.
std::vector<ReadRegion> owned_by(const std::optional<Shard>& shard,
                                 std::vector<ReadRegion> regions) {
  if (!shard) return regions;
  std::int64_t total = 0;
  for (const auto& region : regions) total += region.asked.length();
  const auto axis = shard_axis(total, *shard);
  std::vector<ReadRegion> owned;
  std::int64_t begin = 0;
  for (auto& region : regions) {
    const auto length = region.asked.length();
    const auto starts = owned_starts(axis, begin, true);
    if (starts.begin < starts.end) owned.push_back(std::move(region));
    begin += length;
  }
  return owned;
}

}  // namespace

RegionAlignments::RegionAlignments(hts::AlignmentReader& reader,
                                   const AlignmentSourceOptions& options,
                                   std::vector<ReadRegion> regions)
    : AlignmentSource(reader, options), regions_(owned_by(options.shard, std::move(regions))) {}

AlignmentSource::Step RegionAlignments::step(hts::AlignmentRecord& record,
                                             core::GenomicInterval& ended) {
  if (current_ == regions_.size()) return Step::end;
  const auto& region = regions_[current_];
  if (region.begin < region.end) {  // no read overlaps an empty one
    if (!reading_) reader().query(region.contig, region.begin, region.end);
    reading_ = reader().read(record);
    if (reading_) return Step::read;
  }
  ended = region.asked;
  ++current_;
  return Step::region_end;
}

ReadProgress RegionAlignments::progress() const {
  return {.bytes = current_, .total_bytes = regions_.size()};
}

}  // namespace vio::source

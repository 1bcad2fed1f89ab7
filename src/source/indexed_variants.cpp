#include <algorithm>

#include "source/variant_sources.hpp"

namespace vio::source {

IndexedVariants::IndexedVariants(hts::VariantReader& reader, const VariantSourceOptions& options,
                                 std::vector<AxisInterval> axis,
                                 std::optional<VariantRegions> regions)
    : VariantSource(reader, options),
      axis_(std::move(axis)),
      regions_(std::move(regions)),
      overlap_(options.overlap.value_or(Overlap::record)) {
  const auto total = axis_.empty() ? 0 : axis_.back().axis + axis_.back().length;
  owned_ = shard_axis(total, options.shard.value_or(Shard{}));
}

bool IndexedVariants::begin_interval() {
  for (; next_ < axis_.size(); ++next_) {
    const auto& interval = axis_[next_];
    const auto axis_end = interval.axis + interval.length;
    if (interval.axis >= owned_.end || axis_end <= owned_.begin) continue;
    const auto begin = interval.begin + std::max<std::int64_t>(0, owned_.begin - interval.axis);
    const auto end =
        owned_.end >= axis_end ? interval.end : interval.begin + owned_.end - interval.axis;
    if (interval.from_start && begin == 0) {
      reader().query_from_start(*interval.from_start, end);
    } else {
      reader().query(interval.contig, begin, end);
    }
    ++next_;
    return true;
  }
  return false;
}

bool IndexedVariants::belongs(const hts::VariantRecord& record) const {
  const auto& interval = axis_[next_ - 1];
  if (regions_) {
    // A record that overlaps several stretches belongs to the first.
    const auto& stretches = regions_->find(interval.contig)->stretches;
    const auto first = first_overlap(stretches, covered_by(record, overlap_));
    if (first == stretches.end() || first->begin != interval.begin) return false;
  }
  const auto position = axis_position(interval, record.position());
  return position >= owned_.begin && position < owned_.end;
}

bool IndexedVariants::read(hts::VariantRecord& record) {
  while (reading_ || begin_interval()) {
    reading_ = reader().read(record);
    if (reading_ && belongs(record)) {
      axis_read_ = axis_position(axis_[next_ - 1], record.position()) - owned_.begin;
      return true;
    }
  }
  return false;
}

ReadProgress IndexedVariants::progress() const {
  return {.bytes = static_cast<std::uint64_t>(axis_read_),
          .total_bytes = static_cast<std::uint64_t>(owned_.end - owned_.begin)};
}

}  // namespace vio::source

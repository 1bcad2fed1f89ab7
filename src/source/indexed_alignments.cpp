#include <algorithm>

#include "source/alignment_sources.hpp"

namespace vio::source {

IndexedAlignments::IndexedAlignments(hts::AlignmentReader& reader,
                                     const AlignmentSourceOptions& options,
                                     std::optional<ReadStretches> regions)
    : AlignmentSource(reader, options),
      regions_(std::move(regions)),
      axis_(regions_ ? read_axis(*reader.header(), *regions_) : read_axis(*reader.header())) {
  owned_ = shard_axis(axis_end(axis_), options.shard.value_or(Shard{}));
}

bool IndexedAlignments::begin_interval() {
  for (; next_ < axis_.size(); ++next_) {
    const auto& interval = axis_[next_];
    const auto end_on_axis = interval.axis + interval.length;
    if (interval.axis >= owned_.end || end_on_axis <= owned_.begin) continue;
    const auto begin = interval.begin + std::max<std::int64_t>(0, owned_.begin - interval.axis);
    const auto end =
        owned_.end >= end_on_axis ? interval.end : interval.begin + owned_.end - interval.axis;
    reader().query(interval.contig, interval.whole && begin == 0 ? -1 : begin, end);
    ++next_;
    return true;
  }
  if (regions_ || !owned_.last || unplaced_) return false;
  unplaced_ = true;
  reader().query_unplaced();
  return true;
}

bool IndexedAlignments::belongs(const hts::AlignmentRecord& record) const {
  if (unplaced_) return true;
  const auto& interval = axis_[next_ - 1];
  if (regions_) {
    // A read that overlaps several stretches belongs to the first.
    const auto& stretches = regions_->at(interval.contig);
    const auto first = first_overlap(stretches, {record.position(), record.end()});
    if (first == stretches.end() || first->begin != interval.begin) return false;
  }
  const auto position = axis_position(interval, record.position());
  return position >= owned_.begin && position < owned_.end;
}

AlignmentSource::Step IndexedAlignments::step(hts::AlignmentRecord& record,
                                              core::GenomicInterval& /*ended*/) {
  while (reading_ || begin_interval()) {
    reading_ = reader().read(record);
    if (!reading_ || !belongs(record)) continue;
    axis_read_ = unplaced_ ? owned_.end - owned_.begin
                           : axis_position(axis_[next_ - 1], record.position()) - owned_.begin;
    return Step::read;
  }
  return Step::end;
}

ReadProgress IndexedAlignments::progress() const {
  return {.bytes = static_cast<std::uint64_t>(axis_read_),
          .total_bytes = static_cast<std::uint64_t>(owned_.end - owned_.begin)};
}

}  // namespace vio::source

#include <fmt/format.h>
#include <htslib/sam.h>

#include <limits>

#include "source/alignment_sources.hpp"
#include "vio/core/error.hpp"

namespace vio::source {

namespace {

ReadProgress stream_progress(const hts::AlignmentReader& reader) {
  return {.bytes = reader.compressed_position(), .total_bytes = reader.compressed_size()};
}

bool overlaps(const ReadStretches& targets, const hts::AlignmentRecord& record) {
  const auto contig = targets.find(record.contig_id());
  if (contig == targets.end()) return false;
  const auto& stretches = contig->second;
  return first_overlap(stretches, {record.position(), record.end()}) != stretches.end();
}

}  // namespace

StreamedAlignments::StreamedAlignments(hts::AlignmentReader& reader,
                                       const AlignmentSourceOptions& options,
                                       std::optional<ReadStretches> targets)
    : AlignmentSource(reader, options), targets_(std::move(targets)) {}

AlignmentSource::Step StreamedAlignments::step(hts::AlignmentRecord& record,
                                               core::GenomicInterval& /*ended*/) {
  while (reader().read(record)) {
    if (!targets_ || overlaps(*targets_, record)) return Step::read;
  }
  return Step::end;
}

ReadProgress StreamedAlignments::progress() const {
  return stream_progress(reader());
}

ShardedAlignments::ShardedAlignments(hts::AlignmentReader& reader,
                                     const AlignmentSourceOptions& options)
    : AlignmentSource(reader, options), axis_(read_axis(*reader.header())) {
  owned_ = shard_axis(axis_end(axis_), options.shard.value());
}

void ShardedAlignments::check_sorted(const hts::AlignmentRecord& record) {
  const bool placed = record.contig_id() >= 0;
  const std::pair place{
      placed ? static_cast<unsigned>(record.contig_id()) : std::numeric_limits<unsigned>::max(),
      placed ? record.position() : -1};
  if (place < last_) {
    throw core::InputError(fmt::format(
        "{}: read {} at {}:{} comes after one that belongs behind it, so that shards could not be "
        "put together again; sort the file with `samtools sort`.",
        reader().name(), record.name(), record.contig(*reader().header()), record.position() + 1));
  }
  last_ = place;
}

AlignmentSource::Step ShardedAlignments::step(hts::AlignmentRecord& record,
                                              core::GenomicInterval& /*ended*/) {
  while (reader().read(record)) {
    check_sorted(record);
    if (record.contig_id() < 0) {
      if (owned_.last) return Step::read;
      continue;
    }
    const auto position =
        axis_position(axis_[static_cast<std::size_t>(record.contig_id())], record.position());
    if (position >= owned_.begin && position < owned_.end) return Step::read;
  }
  return Step::end;
}

ReadProgress ShardedAlignments::progress() const {
  return stream_progress(reader());
}

}  // namespace vio::source

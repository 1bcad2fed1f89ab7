#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "source/alignment_regions.hpp"
#include "source/shard_axis.hpp"
#include "vio/source/alignment_source.hpp"

namespace vio::source {

/// Filters and batches the reads that a subclass chooses.
class AlignmentSource : public RecordSource {
 public:
  [[nodiscard]] std::optional<RecordBatch> next() override;
  [[nodiscard]] std::string_view format() const noexcept override { return reader_.format(); }
  [[nodiscard]] std::uint64_t filtered() const noexcept override { return filtered_; }

 protected:
  enum class Step { read, region_end, end };

  AlignmentSource(hts::AlignmentReader& reader, const AlignmentSourceOptions& options);
  /// What comes next: a read that belongs to this source, the end of a region, or the end of all.
  [[nodiscard]] virtual Step step(hts::AlignmentRecord& record, core::GenomicInterval& ended) = 0;
  [[nodiscard]] virtual ReadProgress progress() const = 0;
  [[nodiscard]] hts::AlignmentReader& reader() noexcept { return reader_; }
  [[nodiscard]] const hts::AlignmentReader& reader() const noexcept { return reader_; }

 private:
  hts::AlignmentReader& reader_;
  ReadFilter filter_;
  BatchBounds bounds_;
  std::uint64_t records_ = 0;
  std::uint64_t filtered_ = 0;
};

/// Every read of a stream, or those that overlap targets.
class StreamedAlignments final : public AlignmentSource {
 public:
  StreamedAlignments(hts::AlignmentReader& reader, const AlignmentSourceOptions& options,
                     std::optional<ReadStretches> targets);

 private:
  Step step(hts::AlignmentRecord& record, core::GenomicInterval& ended) override;
  ReadProgress progress() const override;

  std::optional<ReadStretches> targets_;
};

/// One shard of a stream without an index: all of it is read, and must be sorted.
class ShardedAlignments final : public AlignmentSource {
 public:
  ShardedAlignments(hts::AlignmentReader& reader, const AlignmentSourceOptions& options);

 private:
  Step step(hts::AlignmentRecord& record, core::GenomicInterval& ended) override;
  ReadProgress progress() const override;
  void check_sorted(const hts::AlignmentRecord& record);

  std::vector<ReadInterval> axis_;
  ShardAxis owned_;
  std::pair<unsigned, std::int64_t> last_{0, -1};  ///< contig (unplaced ones last), position
};

/// The reads of intervals of the axis, through the index: regions, a shard, or both.
class IndexedAlignments final : public AlignmentSource {
 public:
  /// Without `regions` all contigs, and the unplaced reads after them.
  IndexedAlignments(hts::AlignmentReader& reader, const AlignmentSourceOptions& options,
                    std::optional<ReadStretches> regions);

 private:
  Step step(hts::AlignmentRecord& record, core::GenomicInterval& ended) override;
  ReadProgress progress() const override;
  [[nodiscard]] bool begin_interval();
  [[nodiscard]] bool belongs(const hts::AlignmentRecord& record) const;

  std::optional<ReadStretches> regions_;
  std::vector<ReadInterval> axis_;
  ShardAxis owned_;
  std::size_t next_ = 0;   ///< index in axis_ of the interval after the one being read
  bool unplaced_ = false;  ///< those are being read
  bool reading_ = false;
  std::int64_t axis_read_ = 0;
};

/// Each region's reads, region by region.
class RegionAlignments final : public AlignmentSource {
 public:
  RegionAlignments(hts::AlignmentReader& reader, const AlignmentSourceOptions& options,
                   std::vector<ReadRegion> regions);

 private:
  Step step(hts::AlignmentRecord& record, core::GenomicInterval& ended) override;
  ReadProgress progress() const override;

  std::vector<ReadRegion> regions_;  ///< of this shard
  std::size_t current_ = 0;
  bool reading_ = false;
};

}  // namespace vio::source

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "source/shard_axis.hpp"
#include "source/variant_plan.hpp"
#include "source/variant_regions.hpp"
#include "vio/source/variant_source.hpp"

namespace vio::source {

/// Every record of a stream, or those that overlap targets.
class StreamedVariants final : public VariantSource {
 public:
  StreamedVariants(hts::VariantReader& reader, const VariantSourceOptions& options,
                   std::optional<VariantRegions> targets);

 private:
  bool read(hts::VariantRecord& record) override;
  ReadProgress progress() const override;

  std::optional<VariantRegions> targets_;
  Overlap overlap_;
};

/// One shard of a stream without an index: all of it is read, and must be in the order of the
/// header's contigs.
class ShardedVariants final : public VariantSource {
 public:
  ShardedVariants(hts::VariantReader& reader, const VariantSourceOptions& options,
                  std::vector<AxisInterval> axis);

 private:
  bool read(hts::VariantRecord& record) override;
  ReadProgress progress() const override;
  [[nodiscard]] std::int64_t position_of(const hts::VariantRecord& record) const;

  std::vector<AxisInterval> axis_;
  std::map<std::string, std::size_t, std::less<>> by_contig_;
  ShardAxis owned_;
  std::int64_t last_position_ = 0;
};

/// The records of intervals of the axis, through the index: regions, a shard, or both.
class IndexedVariants final : public VariantSource {
 public:
  /// Without `regions` the axis is made of whole contigs.
  IndexedVariants(hts::VariantReader& reader, const VariantSourceOptions& options,
                  std::vector<AxisInterval> axis, std::optional<VariantRegions> regions);

 private:
  bool read(hts::VariantRecord& record) override;
  ReadProgress progress() const override;
  [[nodiscard]] bool begin_interval();
  [[nodiscard]] bool belongs(const hts::VariantRecord& record) const;

  std::vector<AxisInterval> axis_;
  std::optional<VariantRegions> regions_;
  Overlap overlap_;
  ShardAxis owned_;
  std::size_t next_ = 0;  ///< index in axis_ of the interval after the one being read
  bool reading_ = false;
  std::int64_t axis_read_ = 0;
};

}  // namespace vio::source

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "source/variant_regions.hpp"
#include "vio/hts/variant_reader.hpp"
#include "vio/source/contig_names.hpp"

namespace vio::source {

/// An interval of the axis on which shards are cut: a region, or a whole contig.
struct AxisInterval {
  std::string contig;  ///< as the variants name it
  std::int64_t begin = 0;
  std::int64_t end = kOpenEnd;
  std::int64_t length =
      0;  ///< positions that count on the axis, as far as the contig is known to go
  /// The contig, where the interval has its begin and an index knows it.
  std::optional<hts::IndexedContig> from_start = std::nullopt;
  std::int64_t axis = 0;  ///< positions of all intervals before it
};

/// Contigs in the order in which their records are expected.
[[nodiscard]] std::vector<AxisInterval> contig_axis(const std::vector<std::string>& contigs,
                                                    const hts::VariantHeader& header,
                                                    const ContigNames& names);

[[nodiscard]] std::vector<AxisInterval> contig_axis(const std::vector<hts::IndexedContig>& indexed,
                                                    const hts::VariantHeader& header,
                                                    const ContigNames& names);

/// Regions in the user's order, of those contigs that the index knows. `indexed` as
/// VariantReader::indexed_contigs() gives it.
[[nodiscard]] std::vector<AxisInterval> region_axis(const VariantRegions& regions,
                                                    const std::vector<hts::IndexedContig>& indexed,
                                                    const hts::VariantHeader& header,
                                                    const ContigNames& names);

/// Where a record of the interval stands on the axis: where it begins, or at the interval's begin
/// or end where it begins before or after that.
[[nodiscard]] std::int64_t axis_position(const AxisInterval& interval,
                                         std::int64_t position) noexcept;

}  // namespace vio::source

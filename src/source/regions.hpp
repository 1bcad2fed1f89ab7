#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vio/core/interval.hpp"

namespace vio::source {

/// The end of an interval that goes to its contig's end, wherever that is.
inline constexpr std::int64_t kOpenEnd = std::numeric_limits<std::int64_t>::max();

/// Greater coordinates are taken for errors, so that sums never overflow.
inline constexpr std::int64_t kMaxCoordinate = std::int64_t{1} << 60;

/// An interval that the user asked for.
struct Region {
  core::GenomicInterval interval;
  /// The whole text, where it may also be the name of a contig: `HLA-DRB1*12:17`.
  std::optional<std::string> whole_name = std::nullopt;
};

/// What `chr1:1000` means.
enum class LonePosition : std::uint8_t {
  to_end,  ///< from there to the contig's end, as to samtools
  alone,   ///< that position, as to bcftools
};

/// Region strings, several of them separated by commas: `chr1`, `chr1:1,000-2,000` (1-based, both
/// ends included), `chr1:1000`, `chr1:1000-` (to the contig's end), `chr1:-2000`. A name that
/// holds a colon stands in braces where it could be read in two ways: `{HLA:1}:5-10`. A comma
/// between digits, with three digits after it, belongs to the number. Throws core::UsageError.
[[nodiscard]] std::vector<Region> parse_regions(std::string_view text,
                                                LonePosition lone = LonePosition::to_end);

/// A file of intervals: BED (0-based, half-open) where its name ends in .bed, .bed.gz or .bed.bgz,
/// otherwise columns contig, from, to (1-based, both included; without `to` the one position).
/// Throws core::InputError with the line, also where there is no interval at all.
[[nodiscard]] std::vector<Region> read_regions(const std::string& path);

/// All regions of option texts and a file; either may be empty.
[[nodiscard]] std::vector<Region> collect_regions(const std::vector<std::string>& texts,
                                                  const std::string& file,
                                                  LonePosition lone = LonePosition::to_end);

/// How outputs name it: `chr1:1001-2000`, `chr1:1001-` or `chr1`.
[[nodiscard]] std::string region_label(const core::GenomicInterval& interval);

/// Whether a contig of this length has nothing of the interval. An interval from a contig's begin,
/// or an empty one within it, is never out of range: it is empty.
[[nodiscard]] bool is_out_of_range(const core::GenomicInterval& interval, std::int64_t length);

}  // namespace vio::source

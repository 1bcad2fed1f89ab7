#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace vio::core {

/// How a window or an allele ended: scored (`ok`), or skipped for exactly one named reason.
enum class Status : std::uint8_t {
  ok,            ///< scored
  empty,         ///< a record or interval without a single position
  too_short,     ///< a window shorter than --min-len
  out_of_range,  ///< wholly past the end of its contig
  no_contig,     ///< its contig is not in the reference
  ref_mismatch,  ///< REF is not what the reference says
  no_alt,        ///< a record without ALT
  star,          ///< ALT is `*`, an upstream deletion
  symbolic,      ///< ALT is symbolic: `<DEL>`, `<NON_REF>`, `<*>`
  breakend,      ///< ALT is a breakend
  too_long,      ///< the allele does not fit the window
};

inline constexpr std::size_t kStatusCount = 11;

/// The name users see in outputs, such as `TOO_SHORT`.
[[nodiscard]] std::string_view status_name(Status status) noexcept;

/// One line of explanation for the --skipped table.
[[nodiscard]] std::string_view status_meaning(Status status) noexcept;

}  // namespace vio::core

#pragma once

#include <cstdint>
#include <string_view>

#include "vio/core/status.hpp"

namespace vio::window {

/// Where the window of one allele lies on its contig, before the edit; 0-based half-open.
struct AlleleSpan {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  bool clipped = false;  ///< the contig ends before the window would (flag EDGE)
};

/// The window of an allele of `allele_length` bases put in place of the `ref_length` bases at
/// `position` (0-based): `window` positions, of which the allele's first stands at floor(window /
/// 2). After an insertion or deletion it refills from the right to `window`; at the contig's ends
/// it is clipped, never shifted. For REF both lengths are the same. Needs fits_window() of both.
[[nodiscard]] AlleleSpan allele_span(std::int64_t position, std::int64_t ref_length,
                                     std::int64_t allele_length, std::int64_t window,
                                     std::int64_t contig_length) noexcept;

/// floor(window / 2) + allele_length <= window: otherwise TOO_LONG.
[[nodiscard]] bool fits_window(std::int64_t allele_length, std::int64_t window) noexcept;

/// What an ALT is by its text alone: ok for a sequence, else no_alt (`.`), star, symbolic (`<DEL>`,
/// and anything that is not a sequence), breakend (`A[chr2:5[`, `.A`, `A.`).
[[nodiscard]] core::Status alt_kind(std::string_view alt) noexcept;

/// Whether REF may be what the reference says: position by position, case-insensitively, the sets
/// of bases that two IUPAC codes stand for intersect. U reads as T. False for anything else than
/// letters of the IUPAC alphabet, and where the lengths differ.
[[nodiscard]] bool bases_match(std::string_view ref, std::string_view reference) noexcept;

}  // namespace vio::window

#include "vio/window/variant_windows.hpp"

#include <algorithm>

#include "window/iupac.hpp"

namespace vio::window {

AlleleSpan allele_span(std::int64_t position, std::int64_t ref_length, std::int64_t allele_length,
                       std::int64_t window, std::int64_t contig_length) noexcept {
  const std::int64_t begin = position - window / 2;
  // What the allele is longer than REF, the window reaches less far on the contig.
  const std::int64_t end = begin + window - (allele_length - ref_length);
  return {.begin = std::max<std::int64_t>(begin, 0),
          .end = std::min(end, contig_length),
          .clipped = begin < 0 || end > contig_length};
}

bool fits_window(std::int64_t allele_length, std::int64_t window) noexcept {
  return window / 2 + allele_length <= window;
}

core::Status alt_kind(std::string_view alt) noexcept {
  using core::Status;
  if (alt.empty() || alt == ".") return Status::no_alt;
  if (alt == "*") return Status::star;
  if (alt.front() == '<') return Status::symbolic;
  if (is_iupac(alt)) return Status::ok;
  // A mate in brackets, or a single breakend: a sequence with a dot on its open side.
  const bool single = (alt.front() == '.' && is_iupac(alt.substr(1))) ||
                      (alt.back() == '.' && is_iupac(alt.substr(0, alt.size() - 1)));
  const bool mated = alt.find_first_of("[]") != std::string_view::npos;
  return single || mated ? Status::breakend : Status::symbolic;
}

bool bases_match(std::string_view ref, std::string_view reference) noexcept {
  return std::equal(ref.begin(), ref.end(), reference.begin(), reference.end(),
                    [](char a, char b) { return (iupac_bases(a) & iupac_bases(b)) != 0; });
}

}  // namespace vio::window

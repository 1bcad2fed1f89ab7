#include "hts/alignment_tags.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>

namespace vio::hts {

namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kTagBytes = 3;    // name and type
constexpr std::size_t kArrayBytes = 5;  // type of the elements, their number

/// Bytes of a number; nothing for other types.
std::optional<std::size_t> number_size(std::uint8_t type) {
  switch (type) {
    case 'c':
    case 'C':
      return 1;
    case 's':
    case 'S':
      return 2;
    case 'i':
    case 'I':
    case 'f':
      return 4;
    default:
      return std::nullopt;
  }
}

std::optional<std::size_t> array_size(Bytes value) {
  if (value.size() < kArrayBytes) return std::nullopt;
  const auto element = number_size(value[0]);
  if (!element) return std::nullopt;
  std::size_t count = 0;  // little-endian
  for (std::size_t i = kArrayBytes - 1; i > 0; --i) count = count * 256 + value[i];
  return kArrayBytes + count * *element;
}

/// Bytes of a value of this type at the begin of `value`; nothing where it is none.
std::optional<std::size_t> value_size(std::uint8_t type, Bytes value) {
  switch (type) {
    case 'A':
      return 1;
    case 'd':
      return 8;
    case 'Z':
    case 'H': {
      const auto end = std::find(value.begin(), value.end(), 0);
      if (end == value.end()) return std::nullopt;
      return static_cast<std::size_t>(end - value.begin()) + 1;
    }
    case 'B':
      return array_size(value);
    default:
      return number_size(type);
  }
}

}  // namespace

bool has_sound_tags(const bam1_t* record) noexcept {
  Bytes rest(bam_get_aux(record), static_cast<std::size_t>(bam_get_l_aux(record)));
  while (rest.size() > kTagBytes) {  // as HTSlib, which does not look at what is shorter
    const auto size = value_size(rest[2], rest.subspan(kTagBytes));
    if (!size || *size > rest.size() - kTagBytes) return false;
    rest = rest.subspan(kTagBytes + *size);
  }
  return true;
}

}  // namespace vio::hts

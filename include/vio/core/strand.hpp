#pragma once

#include <cstdint>
#include <string_view>

#include "vio/core/alphabet.hpp"

namespace vio::core {

/// Which strand of a sequence is scored; both is the mean of the two.
enum class Strand : std::uint8_t { forward, reverse, both };

/// The value of --strand. Throws UsageError for another name, and for any but `forward` where
/// `alphabet` has no complement.
[[nodiscard]] Strand parse_strand(std::string_view name, const Alphabet& alphabet);

}  // namespace vio::core

#pragma once

#include <cstdint>
#include <string_view>

namespace vio::window {

/// The bases that an IUPAC code stands for, one bit each (A 1, C 2, G 4, T and U 8); 0 for any
/// other byte. Case-insensitive.
[[nodiscard]] std::uint8_t iupac_bases(char symbol) noexcept;

/// Whether there is at least one symbol, and all are letters of the IUPAC alphabet.
[[nodiscard]] bool is_iupac(std::string_view symbols) noexcept;

}  // namespace vio::window

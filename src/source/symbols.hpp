#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vio::source {

/// Letters, `*`, `-` and `.` stand for positions; what an alphabet does not know becomes unknown.
[[nodiscard]] inline bool is_symbol(char byte) noexcept {
  const auto c = static_cast<unsigned char>(byte);
  const auto letter = static_cast<unsigned char>((c | 0x20U) - 'a');
  return (letter < 26U) | (c == '*') | (c == '-') | (c == '.');
}

/// Appends the symbols of part of a line to `text`; blanks between them are skipped. Returns the
/// index in `bytes` of the first byte that has no place in a sequence, or npos.
[[nodiscard]] std::size_t append_symbols(std::string_view bytes, std::string& text);

/// A byte as a message shows it: `'<'`, or `byte 0x1B`.
[[nodiscard]] std::string describe_byte(char byte);

}  // namespace vio::source

#include "source/symbols.hpp"

#include <fmt/format.h>

namespace vio::source {

namespace {

/// Blanks inside a sequence line, vertical tab and form feed included, as HTSlib skips them.
bool is_blank(char byte) noexcept {
  return byte == ' ' || byte == '\t' || byte == '\v' || byte == '\f';
}

bool all_symbols(std::string_view bytes) noexcept {
  // Without an early exit the compiler makes vector code of it.
  unsigned char bad = 0;
  for (const char byte : bytes) bad |= static_cast<unsigned char>(!is_symbol(byte));
  return bad == 0;
}

}  // namespace

std::size_t append_symbols(std::string_view bytes, std::string& text) {
  if (all_symbols(bytes)) {
    text.append(bytes);
    return std::string_view::npos;
  }
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (is_symbol(bytes[i])) {
      text.push_back(bytes[i]);
    } else if (!is_blank(bytes[i])) {
      return i;
    }
  }
  return std::string_view::npos;
}

std::string describe_byte(char byte) {
  constexpr unsigned char kFirstPrintable = 0x21;
  constexpr unsigned char kLastPrintable = 0x7e;
  const auto c = static_cast<unsigned char>(byte);
  return c >= kFirstPrintable && c <= kLastPrintable ? fmt::format("'{}'", byte)
                                                     : fmt::format("byte 0x{:02X}", c);
}

}  // namespace vio::source

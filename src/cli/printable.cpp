#include "printable.hpp"

#include <algorithm>

namespace vio::cli {

std::string printable(std::string_view text) {
  constexpr unsigned char kDelete = 0x7f;
  std::string line(text);
  const auto is_control = [](char byte) {
    const auto value = static_cast<unsigned char>(byte);
    return value < ' ' || value == kDelete;
  };
  std::ranges::replace_if(line, is_control, ' ');
  return line;
}

}  // namespace vio::cli

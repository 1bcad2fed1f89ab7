#include "model/printable.hpp"

#include <fmt/format.h>

namespace vio::model {

std::string printable(std::string_view text) {
  std::string result;
  for (const char symbol : text) {
    if (symbol >= ' ' && symbol <= '~') {
      result += symbol;
    } else {
      result += fmt::format("\\x{:02x}", static_cast<unsigned char>(symbol));
    }
  }
  return result;
}

}  // namespace vio::model

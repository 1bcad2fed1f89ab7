#include "vio/annotate/class_name.hpp"

#include <fmt/format.h>

namespace vio::annotate {

std::string tsv_class_name(std::string_view name) {
  std::string cell;
  for (const char byte : name) {
    const auto value = static_cast<unsigned char>(byte);
    if (value < 0x20 || value == 0x7f || byte == '%') {
      cell += fmt::format("%{:02X}", value);
    } else {
      cell += byte;
    }
  }
  return cell;
}

}  // namespace vio::annotate

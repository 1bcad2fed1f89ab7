#include "vio/annotate/class_name.hpp"

#include <fmt/format.h>

namespace vio::annotate {

namespace {

bool is_plain_in_vcf(char byte) {
  constexpr std::string_view kPunctuation = "_.+-/()";
  return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
         (byte >= '0' && byte <= '9') || kPunctuation.find(byte) != std::string_view::npos;
}

template <typename IsPlain>
std::string percent_encode(std::string_view name, const IsPlain& is_plain) {
  std::string encoded;
  for (const char byte : name) {
    if (is_plain(byte)) {
      encoded += byte;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
    }
  }
  return encoded;
}

}  // namespace

std::string tsv_class_name(std::string_view name) {
  return percent_encode(name, [](char byte) {
    const auto value = static_cast<unsigned char>(byte);
    return value >= 0x20 && value != 0x7f && byte != '%';
  });
}

std::string vcf_class_name(std::string_view name) {
  return name == "." ? "%2E" : percent_encode(name, is_plain_in_vcf);
}

std::string sam_class_name(std::string_view name) {
  return percent_encode(name, [](char byte) {
    const auto value = static_cast<unsigned char>(byte);
    return value >= 0x20 && value < 0x7f && byte != '%';
  });
}

}  // namespace vio::annotate

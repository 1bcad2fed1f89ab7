#include "vio/report/number.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <stdexcept>

namespace vio::report {

namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD

/// Bytes of the UTF-8 letter that `text` begins with; 0 where it is none that XML can hold.
std::size_t letter_size(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto is_tail = [&](std::size_t i) { return (byte(i) & 0xc0U) == 0x80U; };
  const auto first = byte(0);
  if (first < 0x80U) {
    const bool allowed =
        first == '\t' || first == '\n' || first == '\r' || (first >= ' ' && first != 0x7fU);
    return allowed ? 1 : 0;
  }
  std::uint32_t letter = 0;
  std::size_t size = 0;
  std::uint32_t least = 0;
  if ((first & 0xe0U) == 0xc0U) {
    letter = first & 0x1fU, size = 2, least = 0x80;
  } else if ((first & 0xf0U) == 0xe0U) {
    letter = first & 0x0fU, size = 3, least = 0x800;
  } else if ((first & 0xf8U) == 0xf0U) {
    letter = first & 0x07U, size = 4, least = 0x10000;
  } else {
    return 0;
  }
  for (std::size_t i = 1; i < size; ++i) {
    if (!is_tail(i)) return 0;
    letter = (letter << 6U) | (byte(i) & 0x3fU);
  }
  const bool surrogate = letter >= 0xd800 && letter <= 0xdfff;
  const bool control = letter < 0xa0;
  const bool allowed = letter >= least && letter <= 0x10ffff && !surrogate && !control &&
                       letter != 0xfffe && letter != 0xffff;
  return allowed ? size : 0;
}

void append_escaped(std::string& out, std::string_view letter) {
  switch (letter.front()) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    case '\'':
      out += "&#39;";
      break;
    default:
      out += letter;
  }
}

void require_finite(double value) {
  if (!std::isfinite(value)) {
    throw std::invalid_argument("a report was given a number that is not finite");
  }
}

/// Commas between thousands of the digits before the point.
std::string grouped(std::string text) {
  const std::size_t begin = text.front() == '-' ? 1 : 0;
  constexpr std::size_t kGroup = 3;
  auto end = std::min(text.find('.'), text.size());
  while (end > begin + kGroup) {
    end -= kGroup;
    text.insert(end, 1, ',');
  }
  return text;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto size = letter_size(text);
    if (size == 0) {
      out += kReplacement;
      text.remove_prefix(1);
    } else {
      append_escaped(out, text.substr(0, size));
      text.remove_prefix(size);
    }
  }
  return out;
}

std::string shown(const Number& number) {
  require_finite(number.value);
  constexpr double kLargest = 1e15;  // from here on doubles skip whole numbers
  if (std::abs(number.value) >= kLargest) return fmt::format("{:.4g}", number.value);
  if (number.decimals >= 0) {
    return grouped(fmt::format("{:.{}f}", number.value, number.decimals));
  }
  if (number.value == std::trunc(number.value)) {
    return grouped(fmt::format("{}", static_cast<std::int64_t>(number.value)));
  }
  constexpr double kFourDigits = 1000;
  return std::abs(number.value) >= kFourDigits ? grouped(fmt::format("{:.0f}", number.value))
                                               : fmt::format("{:.4g}", number.value);
}

std::string data_attributes(const Number& number) {
  require_finite(number.value);
  auto text = fmt::format(" data-value=\"{}\"", number.value);
  if (!number.key.empty()) text += fmt::format(" data-key=\"{}\"", escaped(number.key));
  return text;
}

}  // namespace vio::report

#include "models/lists.hpp"

#include <fmt/format.h>

#include <charconv>
#include <sstream>

#include "vio/core/error.hpp"

namespace vio::bench {

std::vector<std::string> comma_separated(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, ',');) {
    parts.push_back(part);
  }
  return parts;
}

std::vector<double> positive_numbers(const std::string& text, const std::string& option) {
  std::vector<double> numbers;
  for (const auto& part : comma_separated(text)) {
    double number = 0;
    const auto* const end = part.data() + part.size();
    const auto [stop, error] = std::from_chars(part.data(), end, number);
    if (error != std::errc() || stop != end || !(number > 0)) {
      throw core::UsageError(fmt::format(
          "--{} takes numbers greater than 0, separated by commas, not '{}'", option, text));
    }
    numbers.push_back(number);
  }
  if (numbers.empty()) {
    throw core::UsageError(fmt::format("--{} is empty; give one number at least", option));
  }
  return numbers;
}

}  // namespace vio::bench

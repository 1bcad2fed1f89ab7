#include "models/lists.hpp"

#include <fmt/format.h>

#include <charconv>

#include "train/common_options.hpp"
#include "vio/core/error.hpp"

namespace vio::bench {

std::vector<double> positive_numbers(const std::string& text, const std::string& option) {
  std::vector<double> numbers;
  for (const auto& part : train::comma_separated(text)) {
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

#pragma once

#include <string>
#include <string_view>

namespace vio::report {

/// A number on a page: rounded for people, exact for programs. Its element carries the attributes
/// `data-value`, the shortest decimal that reads back as the same number, and, where `key` is not
/// empty, `data-key`: where the number comes from, such as a JSON pointer.
struct Number {
  double value = 0;
  std::string key{};
  int decimals = -1;  ///< shown; negative: whole numbers as they are, others to four digits
};

/// Text as content of an element or value of an attribute, of HTML and XML alike: `& < > " '`
/// become entities; what XML cannot hold (control characters but tab and line ends, bytes that are
/// not UTF-8) becomes U+FFFD.
[[nodiscard]] std::string escaped(std::string_view text);

/// The number for people: thousands grouped by commas, `12,345` or `0.0123`. Throws
/// std::invalid_argument for what is not finite.
[[nodiscard]] std::string shown(const Number& number);

/// The attributes ` data-value="..."` and ` data-key="..."`, each with a blank before it. Throws
/// std::invalid_argument for what is not finite.
[[nodiscard]] std::string data_attributes(const Number& number);

}  // namespace vio::report

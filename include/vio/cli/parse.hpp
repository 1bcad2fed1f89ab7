#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "vio/cli/option_table.hpp"

namespace vio::cli {

/// Option values as they were given, defaults filled in. Accessors throw core::UsageError with a
/// sentence that names the option and what it takes.
class ParsedOptions {
 public:
  using Values = std::map<std::string, std::vector<std::string>, std::less<>>;

  ParsedOptions(Values values, std::vector<std::string> positional)
      : values_(std::move(values)), positional_(std::move(positional)) {}

  /// Given on the command line, or has a default.
  [[nodiscard]] bool has(std::string_view name) const { return values_.contains(name); }
  /// The value, or an empty string where there is none.
  [[nodiscard]] std::string text(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
  /// A whole number in [least, most].
  [[nodiscard]] std::int64_t integer(std::string_view name, std::int64_t least,
                                     std::int64_t most) const;
  /// A number in [least, most].
  [[nodiscard]] double number(std::string_view name, double least, double most) const;
  [[nodiscard]] const std::vector<std::string>& positional() const noexcept { return positional_; }

 private:
  Values values_;
  std::vector<std::string> positional_;
};

/// Parses `arguments` (without the program's name) against the table; single-letter options may be
/// joined, `--name=value` and `--name value` both work. Throws core::UsageError.
[[nodiscard]] ParsedOptions parse_options(const Program& program,
                                          const std::vector<std::string>& arguments);

}  // namespace vio::cli

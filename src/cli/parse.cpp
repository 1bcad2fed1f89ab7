#include "vio/cli/parse.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>
#include <cmath>

#include "vio/core/error.hpp"

namespace vio::cli {

namespace {

namespace po = boost::program_options;
using Strings = std::vector<std::string>;

constexpr const char* kPositional = "positional-arguments";

std::string spelled(const Option& option) {
  return option.short_name == '\0' ? std::string(option.name)
                                   : fmt::format("{},{}", option.name, option.short_name);
}

po::options_description describe(const Program& program) {
  po::options_description description;
  for (const auto& group : program.groups) {
    for (const auto& option : group.options) {
      const auto name = spelled(option);
      if (option.argument.empty()) {
        description.add_options()(name.c_str(), "");
      } else {
        description.add_options()(name.c_str(), po::value<Strings>()->composing(), "");
      }
    }
  }
  description.add_options()(kPositional, po::value<Strings>(), "");
  return description;
}

po::variables_map run_parser(const Program& program, const Strings& arguments) {
  const auto description = describe(program);
  po::positional_options_description positional;
  positional.add(kPositional, -1);
  po::variables_map map;
  using Style = po::command_line_style::style_t;
  constexpr int kStyle = Style::unix_style & ~Style::allow_guessing;
  try {
    po::store(po::command_line_parser(arguments)
                  .options(description)
                  .positional(positional)
                  .style(kStyle)
                  .run(),
              map);
  } catch (const po::error& error) {
    throw core::UsageError(fmt::format("{}; see {} --help", error.what(), program.name));
  }
  return map;
}

void check_choice(const Option& option, const Strings& values) {
  for (const auto& value : values) {
    if (!option.choices.empty() &&
        std::ranges::find(option.choices, value) == option.choices.end()) {
      throw core::UsageError(fmt::format("--{} takes {}, not '{}'", option.name,
                                         fmt::join(option.choices, ", "), value));
    }
  }
}

void collect(const Option& option, const po::variables_map& map, ParsedOptions::Values& values) {
  const std::string name(option.name);
  if (map.count(name) == 0) {
    if (!option.default_value.empty()) {
      values[name] = {std::string(option.default_value)};
    }
    return;
  }
  if (option.argument.empty()) {
    values[name] = {};
    return;
  }
  auto given = map[name].as<Strings>();
  if (given.size() > 1 && !option.repeatable) {
    throw core::UsageError(
        fmt::format("--{} is given {} times; it takes one value", option.name, given.size()));
  }
  check_choice(option, given);
  values[name] = std::move(given);
}

template <typename Number>
Number parsed_number(std::string_view name, const std::string& text, Number least, Number most,
                     std::string_view kind) {
  Number value{};
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && rest == text.data() + text.size();
  if (!whole || !(value >= least && value <= most)) {
    throw core::UsageError(
        fmt::format("--{} takes a {} from {} to {}, not '{}'", name, kind, least, most, text));
  }
  return value;
}

}  // namespace

std::string ParsedOptions::text(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() || found->second.empty() ? std::string() : found->second.back();
}

std::vector<std::string> ParsedOptions::all(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? Strings{} : found->second;
}

std::int64_t ParsedOptions::integer(std::string_view name, std::int64_t least,
                                    std::int64_t most) const {
  return parsed_number(name, text(name), least, most, "whole number");
}

double ParsedOptions::number(std::string_view name, double least, double most) const {
  return parsed_number(name, text(name), least, most, "number");
}

ParsedOptions parse_options(const Program& program, const std::vector<std::string>& arguments) {
  const auto map = run_parser(program, arguments);
  ParsedOptions::Values values;
  for (const auto& group : program.groups) {
    for (const auto& option : group.options) {
      collect(option, map, values);
    }
  }
  Strings positional;
  if (map.count(kPositional) != 0) {
    positional = map[kPositional].as<Strings>();
  }
  if (positional.size() > static_cast<std::size_t>(program.max_positional)) {
    throw core::UsageError(fmt::format("'{}' is one argument too many; see {} --help",
                                       positional.back(), program.name));
  }
  return {std::move(values), std::move(positional)};
}

}  // namespace vio::cli

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "vio/cli/render.hpp"

namespace vio::cli {

namespace {

constexpr std::size_t kWidth = 100;
constexpr std::size_t kHelpColumn = 30;

std::string left_side(const Option& option) {
  const std::string shorthand =
      option.short_name == '\0' ? "    " : fmt::format("-{}, ", option.short_name);
  const std::string argument = option.argument.empty() ? "" : fmt::format(" {}", option.argument);
  return fmt::format("  {}--{}{}", shorthand, option.name, argument);
}

std::string right_side(const Option& option) {
  std::string text(option.help);
  if (!option.choices.empty()) {
    text += fmt::format(" ({})", fmt::join(option.choices, ", "));
  }
  if (!option.default_value.empty()) {
    text += fmt::format(" [{}]", option.default_value);
  }
  return text;
}

/// Appends `text` word by word from column kHelpColumn on, breaking lines at kWidth.
void append_wrapped(std::string& out, std::string_view text) {
  std::size_t column = kHelpColumn;
  while (!text.empty()) {
    const auto word = text.substr(0, std::min(text.find(' '), text.size()));
    if (column + word.size() > kWidth && column > kHelpColumn) {
      out.erase(out.find_last_not_of(' ') + 1);
      out.append("\n").append(kHelpColumn, ' ');
      column = kHelpColumn;
    }
    out.append(word).append(" ");
    column += word.size() + 1;
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  out.erase(out.find_last_not_of(' ') + 1);
  out += '\n';
}

void append_option(std::string& out, const Option& option) {
  const auto left = left_side(option);
  out += left;
  if (left.size() + 2 > kHelpColumn) {
    out.append("\n").append(kHelpColumn, ' ');
  } else {
    out.append(kHelpColumn - left.size(), ' ');
  }
  append_wrapped(out, right_side(option));
}

}  // namespace

std::string help_text(const Program& program) {
  auto out = fmt::format("{} - {}\n\nUsage: {} {}\n", program.name, program.summary, program.name,
                         program.usage);
  if (!program.description.empty()) {
    out += fmt::format("\n{}\n", program.description);
  }
  for (const auto& group : program.groups) {
    out += fmt::format("\n{}:\n", group.title);
    for (const auto& option : group.options) {
      append_option(out, option);
    }
  }
  if (!program.examples.empty()) {
    out += "\nExamples:\n";
    for (const auto& example : program.examples) {
      out += fmt::format("  {}\n      {}\n", example.command, example.meaning);
    }
  }
  return out;
}

}  // namespace vio::cli

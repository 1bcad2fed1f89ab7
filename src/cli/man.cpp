#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "vio/cli/render.hpp"
#include "vio/core/version.hpp"

namespace vio::cli {

namespace {

/// roff reads a backslash, and a dot or quote at a line's start, as commands, and `-` as a hyphen.
std::string escaped(std::string_view text) {
  std::string out;
  bool line_start = true;
  for (const char letter : text) {
    if (line_start && (letter == '.' || letter == '\'')) {
      out += "\\&";
    }
    if (letter == '\\') {
      out += "\\e";
    } else if (letter == '-') {
      out += "\\-";
    } else {
      out += letter;
    }
    line_start = letter == '\n';
  }
  return out;
}

/// `vio-train fit` has the page `vio-train-fit`.
std::string page_name(std::string_view program) {
  std::string name(program);
  std::ranges::replace(name, ' ', '-');
  return name;
}

void append_option(std::string& out, const Option& option) {
  out += ".TP\n";
  if (option.short_name != '\0') {
    out += fmt::format("\\fB\\-{}\\fR, ", option.short_name);
  }
  out += fmt::format("\\fB\\-\\-{}\\fR", escaped(option.name));
  if (!option.argument.empty()) {
    out += fmt::format(" \\fI{}\\fR", escaped(option.argument));
  }
  out += fmt::format("\n{}", escaped(option.help));
  if (!option.choices.empty()) {
    out += fmt::format(" One of {}.", escaped(fmt::format("{}", fmt::join(option.choices, ", "))));
  }
  if (!option.default_value.empty()) {
    out += fmt::format(" The default is {}.", escaped(option.default_value));
  }
  out += '\n';
}

}  // namespace

std::string man_page(const Program& program) {
  const auto name = page_name(program.name);
  auto out =
      fmt::format(".TH {} 1 \"\" \"vio {}\" \"User Commands\"\n", escaped(name), core::version());
  out += fmt::format(".SH NAME\n{} \\- {}\n", escaped(name), escaped(program.summary));
  out += fmt::format(".SH SYNOPSIS\n.B {}\n{}\n", escaped(program.name), escaped(program.usage));
  if (!program.description.empty()) {
    out += fmt::format(".SH DESCRIPTION\n{}\n", escaped(program.description));
  }
  out += ".SH OPTIONS\n";
  for (const auto& group : program.groups) {
    out += fmt::format(".SS {}\n", escaped(group.title));
    for (const auto& option : group.options) {
      append_option(out, option);
    }
  }
  if (!program.examples.empty()) {
    out += ".SH EXAMPLES\n";
    for (const auto& example : program.examples) {
      out += fmt::format(".TP\n.B {}\n{}\n", escaped(example.command), escaped(example.meaning));
    }
  }
  return out;
}

}  // namespace vio::cli

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <string>

#include "roff.hpp"
#include "vio/cli/render.hpp"
#include "vio/core/version.hpp"

namespace vio::cli {

namespace {

/// `vio-train fit` has the page `vio-train-fit`.
std::string page_name(std::string_view program) {
  std::string name(program);
  std::ranges::replace(name, ' ', '-');
  return name;
}

std::string upper_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char letter) {
    return static_cast<char>(std::toupper(letter));
  });
  return text;
}

std::string bold(std::string_view text) {
  return fmt::format("\\fB{}\\fR", roff_escaped(text));
}

std::string option_text(const Option& option) {
  std::string text(option.help);
  if (!option.choices.empty()) {
    text += fmt::format(" One of {}.", fmt::join(option.choices, ", "));
  }
  if (!option.default_value.empty()) {
    text += fmt::format(" The default is {}.", option.default_value);
  }
  return text;
}

void append_option(std::string& out, const Option& option) {
  out += ".TP\n";
  if (option.short_name != '\0') {
    out += fmt::format("{}, ", bold(fmt::format("-{}", option.short_name)));
  }
  out += bold(fmt::format("--{}", option.name));
  if (!option.argument.empty()) {
    out += fmt::format(" \\fI{}\\fR", roff_escaped(option.argument));
  }
  out += '\n';
  out += roff_filled(option_text(option));
}

void append_section(std::string& out, const ManualSection& section) {
  out += fmt::format(".SH {}\n", section.title);
  if (!section.text.empty()) {
    out += roff_filled(section.text);
  }
  for (const auto& [term, meaning] : section.terms) {
    out += fmt::format(".TP\n{}\n{}", bold(term), roff_filled(meaning));
  }
}

/// Commands as they are typed, each under what it does.
void append_examples(std::string& out, const std::vector<Example>& examples) {
  out += ".SH EXAMPLES\n";
  for (const auto& example : examples) {
    std::string meaning(example.meaning);
    meaning.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(meaning.front())));
    out += fmt::format("{}{}", &example == &examples.front() ? "" : ".PP\n",
                       roff_filled(meaning + ":"));
    out += fmt::format(".PP\n.in +4n\n.EX\n{}\n.EE\n.in\n", roff_escaped(example.command));
  }
}

/// Each with its section number: `samtools(1)`.
void append_see_also(std::string& out, const std::vector<std::string_view>& pages) {
  out += ".SH SEE ALSO\n";
  for (const auto& page : pages) {
    const auto number = page.find('(');
    out += fmt::format(".BR {} {}{}\n", roff_escaped(page.substr(0, number)), page.substr(number),
                       page == pages.back() ? "" : ",");
  }
}

}  // namespace

std::string man_page(const Program& program) {
  const auto name = page_name(program.name);
  auto out = fmt::format(".TH {} 1 {} \"vio {}\" \"User Commands\"\n",
                         roff_escaped(upper_case(name)), core::release_date(), core::version());
  out += fmt::format(".SH NAME\n{} \\- {}\n", name, roff_escaped(program.summary));
  out += fmt::format(".SH SYNOPSIS\n.B {}\n{}", program.name, roff_filled(program.usage));
  if (!program.description.empty()) {
    out += fmt::format(".SH DESCRIPTION\n{}", roff_filled(program.description));
  }
  out += program.groups.empty() ? "" : ".SH OPTIONS\n";
  for (const auto& group : program.groups) {
    out += fmt::format(".SS {}\n", group.title);
    for (const auto& option : group.options) {
      append_option(out, option);
    }
  }
  for (const auto& section : program.manual) {
    append_section(out, section);
  }
  if (!program.examples.empty()) {
    append_examples(out, program.examples);
  }
  if (!program.see_also.empty()) {
    append_see_also(out, program.see_also);
  }
  return out;
}

}  // namespace vio::cli

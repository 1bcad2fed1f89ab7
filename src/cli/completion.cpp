#include <fmt/format.h>

#include <algorithm>

#include "vio/cli/render.hpp"

namespace vio::cli {

namespace {

std::string all_options(const Program& program) {
  std::string words;
  for (const auto& group : program.groups) {
    for (const auto& option : group.options) {
      words += fmt::format("--{} ", option.name);
      if (option.short_name != '\0') {
        words += fmt::format("-{} ", option.short_name);
      }
    }
  }
  return words;
}

std::string pattern_of(const Option& option) {
  return option.short_name == '\0' ? fmt::format("--{}", option.name)
                                   : fmt::format("--{}|-{}", option.name, option.short_name);
}

/// `case` arms that complete the value of an option: its choices, or file names.
std::string value_arms(const Program& program) {
  std::string arms;
  for (const auto& group : program.groups) {
    for (const auto& option : group.options) {
      if (!option.choices.empty()) {
        arms += fmt::format("    {}) COMPREPLY=($(compgen -W '{}' -- \"$cur\")); return ;;\n",
                            pattern_of(option), fmt::join(option.choices, " "));
      } else if (!option.argument.empty()) {
        arms += fmt::format("    {}) COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n",
                            pattern_of(option));
      }
    }
  }
  return arms;
}

std::string completion_of(const Program& program) {
  return fmt::format(
      "  case \"$prev\" in\n{}  esac\n"
      "  if [[ $cur == -* ]]; then\n"
      "    COMPREPLY=($(compgen -W '{}' -- \"$cur\"))\n"
      "  else\n"
      "    COMPREPLY=($(compgen -f -- \"$cur\"))\n"
      "  fi\n",
      value_arms(program), all_options(program));
}

std::string function_name(std::string_view text) {
  std::string name = fmt::format("_{}", text);
  std::ranges::replace(name, '-', '_');
  std::ranges::replace(name, ' ', '_');
  return name;
}

}  // namespace

std::string bash_completion(std::string_view command, std::span<const Program> programs) {
  const auto function = function_name(command);
  auto out = fmt::format("# bash completion for {}\n", command);
  std::string verbs;
  std::string dispatch;
  for (const auto& program : programs) {
    out += fmt::format("{}_body() {{\n{}}}\n", function_name(program.name), completion_of(program));
    if (program.name != command) {
      const auto verb = program.name.substr(command.size() + 1);
      verbs += fmt::format("{} ", verb);
      dispatch += fmt::format("    {}) {}_body ;;\n", verb, function_name(program.name));
    }
  }
  out += fmt::format(
      "{}() {{\n"
      "  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}}\n",
      function);
  if (verbs.empty()) {
    out += fmt::format("  {}_body\n", function);
  } else {
    out += fmt::format(
        "  if ((COMP_CWORD == 1)); then\n"
        "    COMPREPLY=($(compgen -W '{}' -- \"$cur\"))\n"
        "    return\n"
        "  fi\n"
        "  case ${{COMP_WORDS[1]}} in\n{}  esac\n",
        verbs, dispatch);
  }
  out += fmt::format("}}\ncomplete -o filenames -F {} {}\n", function, command);
  return out;
}

}  // namespace vio::cli

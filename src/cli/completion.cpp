#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "vio/cli/render.hpp"

namespace vio::cli {

namespace {

/// What all programs' scripts share, under names that start with the program's. Model names are
/// compared, not given to `compgen -W`, which would run what a file name has between `$(` and `)`.
constexpr std::string_view kHelpers = R"sh({0}_words() {{
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur")
}}
{0}_files() {{
  mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}}
{0}_models() {{
  local folders folder file program
  program=$(readlink -f -- "$(type -P -- "${{COMP_WORDS[0]/#\~\//$HOME/}}")")
  IFS=: read -ra folders <<< "${{VIO_MODEL_PATH-}}"
  {0}_files
  for folder in "${{folders[@]}}" "${{program%/*}}/../share/vio-annotate/models"; do
    for file in "$folder"/*.safetensors; do
      file=${{file##*/}}
      file=${{file%.safetensors}}
      [[ $file != '*' && $file == "$cur"* ]] && COMPREPLY+=("$file")
    done
  done
}}
)sh";

/// Bash breaks words at `=` and `@`: `--by=win` is three of them, and `-@` two.
constexpr std::string_view kWords =
    "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
    "  if [[ $cur == '=' ]]; then\n"
    "    cur=\n"
    "  elif [[ $prev == '=' ]]; then\n"
    "    prev=${COMP_WORDS[COMP_CWORD-2]}\n"
    "  fi\n";

std::string function_name(std::string_view text) {
  std::string name = fmt::format("_{}", text);
  std::ranges::replace(name, '-', '_');
  std::ranges::replace(name, ' ', '_');
  return name;
}

std::string all_options(const Program& program) {
  std::string words;
  for (const auto& group : program.groups) {
    for (const auto& option : group.options) {
      words += fmt::format("{}--{}", words.empty() ? "" : " ", option.name);
      if (option.short_name != '\0') {
        words += fmt::format(" -{}", option.short_name);
      }
    }
  }
  return words;
}

std::string pattern_of(const Option& option) {
  auto pattern = fmt::format("--{}", option.name);
  if (option.short_name != '\0') {
    pattern += fmt::format("|-{}", option.short_name);
  }
  return option.short_name == '@' ? pattern + "|@" : pattern;
}

/// The call that offers what `argument` says it is; empty where nothing can be offered.
std::string values_of(std::string_view argument, std::string_view prefix) {
  const auto says = [&](std::string_view word) { return argument.find(word) != argument.npos; };
  if (says("MODEL") || says("NAME|FILE")) {
    return fmt::format("{}_models", prefix);
  }
  return says("FILE") || says("SPEC") ? fmt::format("{}_files", prefix) : std::string();
}

/// `case` arms that complete the value of an option.
std::string value_arms(const Program& program, std::string_view prefix) {
  std::string arms;
  for (const auto& group : program.groups) {
    for (const auto& option : group.options) {
      const auto call = option.choices.empty()
                            ? values_of(option.argument, prefix)
                            : fmt::format("{}_words '{}'", prefix, fmt::join(option.choices, " "));
      if (!option.argument.empty()) {
        arms += fmt::format("    {}) {}{}return ;;\n", pattern_of(option), call,
                            call.empty() ? "" : "; ");
      }
    }
  }
  return arms;
}

std::string body_of(const Program& program, std::string_view prefix) {
  const auto arms = value_arms(program, prefix);
  const auto cases = arms.empty() ? arms : fmt::format("  case $prev in\n{}  esac\n", arms);
  const auto last_word = program.usage.substr(program.usage.find_last_of(' ') + 1);
  return fmt::format(
      "{}_body() {{\n{}"
      "  if [[ $cur == -* ]]; then\n"
      "    {}_words '{}'\n"
      "  else\n"
      "    {}\n"
      "  fi\n}}\n",
      function_name(program.name), cases, prefix, all_options(program),
      values_of(last_word == "MODEL" ? last_word : "FILE", prefix));
}

/// Completes a verb first, then what the verb takes.
std::string dispatch_of(std::string_view command, std::span<const Program> programs,
                        std::string_view prefix) {
  std::string verbs;
  std::string arms;
  for (const auto& program : programs) {
    if (program.name != command) {
      const auto verb = program.name.substr(command.size() + 1);
      verbs += fmt::format("{}{}", verbs.empty() ? "" : " ", verb);
      arms += fmt::format("    {}) {}_body ;;\n", verb, function_name(program.name));
    }
  }
  if (verbs.empty()) {
    return fmt::format("  {}_body\n", prefix);
  }
  return fmt::format(
      "  if ((COMP_CWORD == 1)); then\n"
      "    if [[ $cur == -* ]]; then {0}_words '{1}'; else {0}_words '{2}'; fi\n"
      "    return\n"
      "  fi\n"
      "  case ${{COMP_WORDS[1]}} in\n{3}  esac\n",
      prefix, all_options(programs.front()), verbs, arms);
}

}  // namespace

std::string bash_completion(std::string_view command, std::span<const Program> programs) {
  const auto prefix = function_name(command);
  auto out = fmt::format("# bash completion for {}\n\n", command);
  out += fmt::format(kHelpers, prefix);
  for (const auto& program : programs) {
    const bool is_overview = program.name == command && programs.size() > 1;
    out += is_overview ? std::string() : body_of(program, prefix);
  }
  out += fmt::format("{}() {{\n{}{}}}\n", prefix, kWords, dispatch_of(command, programs, prefix));
  out += fmt::format("complete -o filenames -F {} {}\n", prefix, command);
  return out;
}

}  // namespace vio::cli

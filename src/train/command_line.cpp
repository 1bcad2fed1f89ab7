#include "vio/train/command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <filesystem>

#include "train/commands.hpp"
#include "train/options/options.hpp"
#include "vio/cli/guarded_main.hpp"
#include "vio/cli/render.hpp"
#include "vio/cli/standard_output.hpp"
#include "vio/core/error.hpp"
#include "vio/core/version.hpp"

namespace vio::train {

namespace {

constexpr std::string_view kProgram = "vio-train";

using Verb = int (*)(const cli::ParsedOptions&, const std::string&);
constexpr std::pair<std::string_view, Verb> kVerbs[] = {{"fit", fit_command},
                                                        {"evaluate", evaluate_command},
                                                        {"import", import_command},
                                                        {"describe", describe_command}};

std::string overview() {
  auto text =
      fmt::format("{} - makes, measures, imports and describes models\n\nUsage:\n", kProgram);
  for (const auto& program : programs()) {
    text += fmt::format("  {:<20} {}\n", program.name, program.summary);
  }
  return text + fmt::format(
                    "\n{} VERB --help tells more; --version, --man-page and --bash-completion "
                    "print what they say.\n",
                    kProgram);
}

std::string version_text() {
  return fmt::format("{} {}\n", kProgram, core::version());
}

bool has_folder(const std::filesystem::path& value) {
  std::error_code not_a_path;  // a sentence, for instance, that is too long for a name
  return value.has_parent_path() && std::filesystem::exists(value.parent_path(), not_a_path);
}

/// An argument with file names only, where it is a path or several, separated by commas: folders
/// are nobody's business but the user's.
std::string without_folders(const std::string& argument) {
  const auto value_at = argument.starts_with("--") ? argument.find('=') + 1 : 0;
  const auto value = argument.substr(value_at);
  auto shortened = argument.substr(0, value_at);
  const bool one_path = has_folder(value);
  for (std::size_t begin = 0; begin <= value.size();) {
    const auto end = one_path ? value.size() : std::min(value.find(',', begin), value.size());
    const auto part = value.substr(begin, end - begin);
    shortened += has_folder(part) ? std::filesystem::path(part).filename().string() : part;
    shortened += end < value.size() ? "," : "";
    begin = end + 1;
  }
  return shortened;
}

/// As a shell would need it.
std::string quoted(const std::string& argument) {
  constexpr std::string_view kSpecial = " \t\n\"'\\$`*?[]#~=%&|;<>(){}!";
  if (!argument.empty() && argument.find_first_of(kSpecial) == std::string::npos) {
    return argument;
  }
  std::string text = "'";
  for (const char symbol : argument) {
    text += symbol == '\'' ? std::string("'\\''") : std::string(1, symbol);
  }
  return text + "'";
}

/// The command line for the record of a run.
std::string recorded_command(const std::vector<std::string>& arguments) {
  std::string command(kProgram);
  for (const auto& argument : arguments) {
    command += ' ' + quoted(without_folders(argument));
  }
  return command;
}

const cli::Program& program_of(std::string_view verb) {
  for (const auto& program : programs()) {
    if (program.name == fmt::format("{} {}", kProgram, verb)) {
      return program;
    }
  }
  throw core::UsageError(fmt::format(
      "'{}' is not a verb of vio-train; expected fit, evaluate, import or describe", verb));
}

/// Text for options that only print something; empty where a job is to be run.
std::string printed_text(const cli::Program& program, const cli::ParsedOptions& options) {
  if (options.has("help")) {
    return cli::help_text(program);
  }
  if (options.has("version")) {
    return version_text();
  }
  return options.has("man-page") ? cli::man_page(program) : std::string();
}

int run_verb(std::string_view verb, const std::vector<std::string>& arguments) {
  const auto& program = program_of(verb);
  const auto options = cli::parse_options(program, {arguments.begin() + 1, arguments.end()});
  if (const auto text = printed_text(program, options); !text.empty()) {
    cli::print_to_stdout(text);
    return 0;
  }
  for (const auto& [name, command] : kVerbs) {
    if (name == verb) {
      return command(options, recorded_command(arguments));
    }
  }
  throw core::InternalError(fmt::format("the verb '{}' has options but no command", verb));
}

int run_body(const std::vector<std::string>& arguments) {
  // A write to a closed pipe is an error that is handled, not a signal.
  std::signal(SIGPIPE, SIG_IGN);
  if (arguments.empty()) {
    throw core::UsageError(
        "there is no verb; expected fit, evaluate, import or describe, and "
        "vio-train --help tells more");
  }
  const auto& first = arguments.front();
  if (first == "--help" || first == "-h") {
    cli::print_to_stdout(overview());
  } else if (first == "--version") {
    cli::print_to_stdout(version_text());
  } else if (first == "--bash-completion") {
    std::vector<cli::Program> all{overview_program()};
    all.insert(all.end(), programs().begin(), programs().end());
    cli::print_to_stdout(cli::bash_completion(kProgram, all));
  } else if (first == "--man-page") {
    cli::print_to_stdout(cli::man_page(overview_program()));
  } else {
    return run_verb(first, arguments);
  }
  return 0;
}

}  // namespace

int run(const std::vector<std::string>& arguments) {
  return cli::guarded_main(kProgram, [&] { return run_body(arguments); });
}

}  // namespace vio::train

#include <fmt/format.h>

#include "models/commands.hpp"
#include "vio/cli/guarded_main.hpp"
#include "vio/cli/render.hpp"
#include "vio/cli/standard_output.hpp"
#include "vio/core/error.hpp"

namespace vio::bench {

namespace {

constexpr std::string_view kProgram = "vio-bench-models";

using Verb = void (*)(const cli::ParsedOptions&);
// In the order of programs().
constexpr Verb kVerbs[] = {pace_command, tune_command, train_command, growth_command};

std::string overview() {
  auto text = fmt::format("{} - compares VIO with rivals of its size\n\nUsage:\n", kProgram);
  for (const auto& program : programs()) {
    text += fmt::format("  {:<24} {}\n", program.name, program.summary);
  }
  return text;
}

void run(const std::vector<std::string>& arguments) {
  const std::string verb = arguments.empty() ? "--help" : arguments.front();
  if (verb == "--help" || verb == "-h") {
    cli::print_to_stdout(overview());
    return;
  }
  for (std::size_t i = 0; i < programs().size(); ++i) {
    const auto& program = programs()[i];
    if (program.name == fmt::format("{} {}", kProgram, verb)) {
      const auto options = cli::parse_options(program, {arguments.begin() + 1, arguments.end()});
      if (options.has("help")) {
        cli::print_to_stdout(cli::help_text(program));
      } else {
        kVerbs[i](options);
      }
      return;
    }
  }
  throw core::UsageError(fmt::format(
      "'{}' is not a verb of {}; expected pace, tune, train or growth", verb, kProgram));
}

}  // namespace

}  // namespace vio::bench

int main(int argc, char** argv) {
  return vio::cli::guarded_main("vio-bench-models", [&] {
    vio::bench::run({argv + 1, argv + argc});
    return 0;
  });
}

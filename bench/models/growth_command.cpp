#include <torch/version.h>

#include "models/commands.hpp"
#include "models/growth.hpp"
#include "train/json.hpp"
#include "train/spec_source.hpp"
#include "vio/cli/standard_output.hpp"
#include "vio/core/version.hpp"

namespace vio::bench {

namespace {

constexpr double kMostSeconds = 1e6;
constexpr std::int64_t kMostPositions = 1 << 24;
constexpr int kClasses = 9;

std::vector<std::string> some_classes() {
  std::vector<std::string> classes;
  for (int k = 0; k < kClasses; ++k) {
    classes.push_back("class_" + std::to_string(k + 1));
  }
  return classes;
}

std::size_t size_option(const cli::ParsedOptions& options, std::string_view name) {
  return static_cast<std::size_t>(options.integer(name, 1, kMostPositions));
}

}  // namespace

void growth_command(const cli::ParsedOptions& options) {
  const auto network = options.text("network");
  const auto spec = train::load_spec(options.text("spec"), some_classes());
  const auto scorer = make_scorer(network, spec);
  const auto point =
      measure_growth(*scorer, size_option(options, "length"), size_option(options, "positions"),
                     options.number("seconds", 0, kMostSeconds));
  const train::OrderedJson json{
      {"network", network},
      {"version", core::version()},
      {"libtorch", TORCH_VERSION},
      {"threads", 1},
      {"length", point.length},
      {"windows_a_batch", point.windows},
      {"repetitions", point.repetitions},
      {"seconds_a_batch", point.seconds},
      {"median_seconds_a_batch", point.median_seconds},
      {"windows_a_second", static_cast<double>(point.windows) / point.seconds},
      {"memory_mib", point.memory_mib}};
  cli::print_to_stdout(json.dump(1) + "\n");
}

}  // namespace vio::bench

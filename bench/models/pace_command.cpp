#include "models/pace.hpp"

#include "models/commands.hpp"
#include "models/train_setup.hpp"
#include "vio/cli/standard_output.hpp"
#include "vio/core/error.hpp"

namespace vio::bench {

namespace {

constexpr std::int64_t kMostRows = 1 << 30;
constexpr std::int64_t kMostRepetitions = 1000;

}  // namespace

void pace_command(const cli::ParsedOptions& options) {
  const auto rows = static_cast<std::size_t>(options.integer("rows", 1, kMostRows));
  const auto repetitions =
      static_cast<std::size_t>(options.integer("repetitions", 1, kMostRepetitions));
  const auto setup = train_setup(options, 0);
  const auto pace =
      measure_pace(setup.trainable(), setup.parts.train, setup.recipe, rows, repetitions);
  if (pace.rows == 0) {
    throw core::UsageError("the first steps don't count; let --rows be ten batches at least");
  }
  auto json = setup_to_json(setup);
  json["timed_rows"] = pace.rows;
  json["repetitions"] = pace.repetitions;
  json["rows_a_second"] = pace.rows_a_second;
  json["median_rows_a_second"] = pace.median_rows_a_second;
  cli::print_to_stdout(json.dump(1) + "\n");
}

}  // namespace vio::bench

#include "models/commands.hpp"
#include "models/lists.hpp"
#include "models/train_setup.hpp"
#include "models/trials.hpp"
#include "vio/cli/standard_output.hpp"

namespace vio::bench {

namespace {

train::OrderedJson to_json(const std::vector<Trial>& trials) {
  auto list = train::OrderedJson::array();
  for (const auto& trial : trials) {
    list.push_back({{"learning_rate", trial.rate},
                    {"validation_accuracy", trial.accuracy},
                    {"validation_macro_f1", trial.macro_f1},
                    {"validation_log_loss", trial.log_loss}});
  }
  return list;
}

}  // namespace

void tune_command(const cli::ParsedOptions& options) {
  const auto rates = positive_numbers(options.text("rates"), "rates");
  const auto setup = train_setup(options, options.number("validation-fraction", 0.01, 0.95));
  const auto trials = try_rates(setup.trainable(), setup.parts, setup.recipe, rates);
  auto json = setup_to_json(setup);
  json["epochs"] = setup.recipe.epochs;
  json["trials"] = to_json(trials);
  json["learning_rate"] = best_rate(trials);
  cli::print_to_stdout(json.dump(1) + "\n");
}

}  // namespace vio::bench

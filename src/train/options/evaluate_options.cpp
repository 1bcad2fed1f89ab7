#include "train/options/options.hpp"
#include "vio/cli/manual.hpp"

namespace vio::train {

using cli::OptionGroup;
using cli::Program;

namespace {

OptionGroup model_group() {
  auto options = split_options();
  options.insert(
      options.begin(),
      {{.name = "model",
        .short_name = 'm',
        .argument = "NAME|FILE",
        .default_value = "vio-v1",
        .help = "A shipped model's name, or a .safetensors file."},
       {.name = "split",
        .help = "Take only the test part, as vio-train fit split it off: how is read from the "
                "model, unless the following options say otherwise."}});
  return {.title = "Model and rows", .options = std::move(options)};
}

}  // namespace

Program evaluate_program() {
  return {.name = "vio-train evaluate",
          .summary = "measures a model on labelled sequences",
          .usage = "[options] -m MODEL TABLE",
          .description =
              "Prints accuracy, balanced accuracy, macro F1 and MCC with 95 % "
              "intervals, calibration, a\nper-class table and the confusion matrix.",
          .groups = {table_group(),
                     model_group(),
                     compute_group(),
                     interval_group(),
                     {.title = "Output",
                      .options = {{.name = "json",
                                   .argument = "FILE",
                                   .help = "Write the same as JSON."}}},
                     general_group()},
          .examples = {{"vio-train evaluate -m genes.safetensors --split genes.csv",
                        "measure on the rows that training never saw"}},
          .max_positional = 1,
          .manual = shared_manual(),
          .see_also = {"vio-train(1)", "vio-train-fit(1)", "vio-train-import(1)",
                       "vio-train-describe(1)", "vio-annotate(1)"}};
}

}  // namespace vio::train

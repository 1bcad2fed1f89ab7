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
        .default_value = "gene-type",
        .help = "A shipped model's name, or a .safetensors file."},
       {.name = "split",
        .help = "Take only the test part, as vio-train fit split it off: how is read from the "
                "model, unless the following options say otherwise. Baselines learn from the "
                "other rows."},
       {.name = "train-table",
        .argument = "FILE",
        .help = "A table of the rows that the model was trained on, where TABLE is another: "
                "baselines learn from them, and test rows that resemble one are counted."},
       {.name = "cut",
        .help = "Score every sequence as if it were cut from a longer one: a model that masks "
                "lengths does without."},
       {.name = "strand",
        .argument = "STRAND",
        .default_value = "forward",
        .help = "Strand to score; both is the mean of the two, as in vio-annotate.",
        .choices = {"forward", "reverse", "both"}}});
  return {.title = "Model and rows", .options = std::move(options)};
}

}  // namespace

Program evaluate_program() {
  return {
      .name = "vio-train evaluate",
      .summary = "measures a model on labelled sequences",
      .usage = "[options] -m MODEL TABLE",
      .description =
          "Prints accuracy, balanced accuracy, macro F1, MCC, AUC, log-loss and calibration "
          "error with\n95 % intervals, a per-class table and the confusion matrix; where the "
          "training rows are\nknown, the same of three baselines that learn from them, and how "
          "many test rows resemble\na training row.",
      .groups = {table_group(),
                 model_group(),
                 compute_group(),
                 interval_group(),
                 {.title = "Output",
                  .options =
                      {{.name = "json", .argument = "FILE", .help = "Write the same as JSON."},
                       {.name = "html",
                        .argument = "FILE",
                        .help =
                            "Write the same as one HTML page with charts, which needs no network."},
                       {.name = "predictions",
                        .argument = "FILE",
                        .help = "Write every row's label and probabilities as CSV."}}},
                 general_group()},
      .examples = {{"vio-train evaluate -m genes.safetensors --split genes.csv",
                    "measure on the rows that training never saw"}},
      .max_positional = 1,
      .manual = shared_manual(),
      .see_also = {"vio-train(1)", "vio-train-fit(1)", "vio-train-import(1)",
                   "vio-train-describe(1)", "vio-annotate(1)"}};
}

}  // namespace vio::train

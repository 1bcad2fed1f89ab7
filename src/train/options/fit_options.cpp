#include "train/options/options.hpp"
#include "vio/cli/manual.hpp"

namespace vio::train {

using cli::Option;
using cli::OptionGroup;
using cli::Program;

namespace {

OptionGroup parts_group() {
  auto options = split_options();
  const std::vector<Option> more{
      {.name = "test",
       .argument = "FILE",
       .help = "A table whose rows are the test part, instead of a fraction; TABLE then only "
               "trains."},
      {.name = "folds",
       .argument = "K",
       .help = "Cross-validation: train K times, each time with another Kth of the rows as the "
               "test part, and report every fold, their mean and all test rows together. Writes no "
               "model, unless --final."},
      {.name = "final",
       .help = "With --folds: afterwards train on all rows and write that model, which has no test "
               "part of its own."},
      {.name = "add-train",
       .argument = "FILE",
       .help =
           "A table of more rows of the same classes that only train: TABLE is divided as it is "
           "without them."},
      {.name = "drop-similar",
       .argument = "JACCARD",
       .help = "Leave out training rows whose set of 11-mers has this similarity, or a higher one, "
               "with that of a test row or of a row of --drop-similar-to; 0.9 with "
               "--drop-similar-to, else none are left out."},
      {.name = "drop-similar-to",
       .argument = "FILE",
       .help = "Sequences (a table or FASTA, labels are not needed) that no training row may "
               "resemble."},
      {.name = "drop-from",
       .argument = "WHICH",
       .default_value = "all",
       .help = "Which training rows may be left out: all, or those that --add-train added.",
       .choices = {"all", "added"}},
      {.name = "validation-fraction",
       .argument = "FRACTION",
       .help = "Part of the training rows that chooses the best epoch; none where not given, then "
               "the last epoch is taken. The test rows never choose."},
      {.name = "validation",
       .argument = "FILE",
       .help = "A table whose rows choose the best epoch, instead of a fraction."},
      {.name = "patience",
       .argument = "N",
       .default_value = "0",
       .help = "Stop after N epochs without a better validation; 0: never."},
      {.name = "monitor",
       .argument = "WHAT",
       .default_value = "loss",
       .help = "What of the validation rows is to be best.",
       .choices = {"loss", "accuracy", "macro-f1", "mcc"}},
      {.name = "calibrate",
       .argument = "WHETHER",
       .default_value = "yes",
       .help = "Fit a temperature on the validation rows, where there are any, and divide the "
               "classifier's weights by it, so that probabilities mean what they say.",
       .choices = {"yes", "no"}}};
  options.insert(options.end(), more.begin(), more.end());
  return {.title = "Parts of the data", .options = std::move(options)};
}

OptionGroup fit_output_group() {
  std::vector<Option> options{
      output_option(),
      {.name = "metrics",
       .argument = "FILE",
       .help = "What was measured, as JSON; beside the output, ending in .metrics.json, where not "
               "given."},
      {.name = "html",
       .argument = "FILE",
       .help =
           "The same as one HTML page with charts, which needs no network; beside the output, or "
           "where there is none beside the metrics, ending in .html, where not given."}};
  for (const auto& option : card_options()) {
    options.push_back(option);
  }
  options.push_back({.name = "data-note",
                     .argument = "TEXT",
                     .help = "What the table is and where it is from, for the model's card."});
  return {.title = "Output", .options = std::move(options)};
}

}  // namespace

Program fit_program() {
  return {.name = "vio-train fit",
          .summary = "trains a model from labelled sequences",
          .usage = "[options] -o MODEL.safetensors TABLE",
          .description =
              "Trains on a stratified part of TABLE (CSV, TSV or FASTA, also compressed), looks at "
              "the\ntest part once at the end, and writes the model with its card and what was "
              "measured.\nCtrl-C ends training early and still writes the model, and a checkpoint "
              "for --resume.",
          .groups = {table_group(), training_group(), optimizer_group(), loss_group(),
                     augmentation_group(), parts_group(), compute_group(), interval_group(),
                     fit_output_group(), general_group()},
          .examples = {{"vio-train fit -o genes.safetensors genes.csv",
                        "train the default network on it"},
                       {"vio-train fit --spec large --validation-fraction 0.1 "
                        "--patience 3 -o rna.safetensors rna.fa.gz",
                        "train a larger network until the validation loss stops falling"}},
          .max_positional = 1,
          .manual = {cli::exit_status_section(
                         {{"130", "Ended early by Ctrl-C; model and checkpoint were written."}}),
                     cli::environment_section(),
                     cli::files_section({{"MODEL.safetensors.checkpoint",
                                          "Written after every epoch; --resume goes on from it, "
                                          "and the end of training removes it."},
                                         {"MODEL.metrics.json", "What was measured."}})},
          .see_also = {"vio-train(1)", "vio-train-evaluate(1)", "vio-train-import(1)",
                       "vio-train-describe(1)", "vio-annotate(1)"}};
}

}  // namespace vio::train

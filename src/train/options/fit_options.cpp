#include "train/options/options.hpp"

namespace vio::train {

using cli::Option;
using cli::OptionGroup;
using cli::Program;

namespace {

OptionGroup training_group() {
  return {.title = "Training",
          .options = {
              {.name = "spec",
               .argument = "SPEC",
               .default_value = "v1",
               .help = "v1, vio-s, or a JSON file with a spec."},
              {.name = "epochs", .argument = "N", .default_value = "10", .help = "Most epochs."},
              {.name = "learning-rate",
               .argument = "RATE",
               .default_value = "0.001",
               .help = "Of the optimizer."},
              {.name = "optimizer",
               .argument = "NAME",
               .default_value = "adam",
               .help = "adam or adamw, with PyTorch's defaults.",
               .choices = {"adam", "adamw"}},
              {.name = "weight-decay",
               .argument = "RATE",
               .default_value = "0",
               .help = "Of the optimizer."},
              {.name = "dropout-channels",
               .argument = "P",
               .default_value = "0",
               .help = "Probability of dropping a channel of a block."},
              {.name = "dropout-head",
               .argument = "P",
               .default_value = "0",
               .help = "Probability of dropping a feature of the head."},
              {.name = "seed",
               .argument = "N",
               .default_value = "0",
               .help = "Seed of the initial weights, the shuffling and the dropout."}}};
}

OptionGroup parts_group() {
  auto options = split_options();
  options.push_back({.name = "validation-fraction",
                     .argument = "FRACTION",
                     .default_value = "0",
                     .help = "Part of the training rows that chooses the best epoch; 0: none, the "
                             "last epoch is taken. The test rows never choose."});
  options.push_back({.name = "patience",
                     .argument = "N",
                     .default_value = "0",
                     .help = "Stop after N epochs without a lower validation loss; 0: never."});
  return {.title = "Parts of the data", .options = std::move(options)};
}

OptionGroup fit_output_group() {
  std::vector<Option> options{
      output_option(),
      {.name = "metrics",
       .argument = "FILE",
       .help = "What was measured, as JSON; beside the output, ending in .metrics.json, where not "
               "given."}};
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
              "measured.\nCtrl-C ends training early and still writes the model.",
          .groups = {table_group(), training_group(), parts_group(), compute_group(),
                     interval_group(), fit_output_group(), general_group()},
          .examples = {{"vio-train fit -o genes.safetensors genes.csv",
                        "train the v1 network with its defaults"},
                       {"vio-train fit --spec vio-s --optimizer adamw --validation-fraction 0.1 "
                        "--patience 3 -o rna.safetensors rna.fa.gz",
                        "train a larger network until the validation loss stops falling"}},
          .max_positional = 1};
}

}  // namespace vio::train

#include <array>

#include "vio/train/command_line.hpp"

namespace vio::train {

namespace {

using cli::Option;
using cli::OptionGroup;
using cli::Program;

OptionGroup general_group() {
  return {.title = "General",
          .options = {{.name = "quiet", .short_name = 'q', .help = "No notes and no progress."},
                      {.name = "help", .short_name = 'h', .help = "Print this help and exit."},
                      {.name = "version", .help = "Print the program's version and exit."},
                      {.name = "man-page", .help = "Print the man page (roff) and exit."}}};
}

OptionGroup table_group() {
  return {
      .title = "Input",
      .options = {
          {.name = "seq-column",
           .argument = "NAME",
           .help = "Column of the sequences; guessed from common names where not given."},
          {.name = "label-column",
           .argument = "NAME",
           .help = "Column of the labels; guessed from common names where not given."},
          {.name = "labels",
           .argument = "FILE",
           .help = "For FASTA: CSV or TSV whose first column is the record name; else the label "
                   "is the last word of the header."}}};
}

std::vector<Option> split_options() {
  return {{.name = "test-size",
           .argument = "FRACTION",
           .default_value = "0.2",
           .help = "Part of the rows that is kept for the test, stratified by label."},
          {.name = "split-seed",
           .argument = "N",
           .default_value = "42",
           .help = "Seed of the split, the same as random_state of scikit-learn."}};
}

OptionGroup compute_group() {
  return {
      .title = "Run",
      .options = {{.name = "batch-size",
                   .short_name = 'b',
                   .argument = "N",
                   .default_value = "32",
                   .help = "Sequences a batch."},
                  {.name = "threads",
                   .short_name = '@',
                   .argument = "N",
                   .default_value = "2",
                   .help = "Workers that share every batch on a CPU; results repeat for the same "
                           "number. With dropout one worker trains."},
                  {.name = "device",
                   .argument = "DEVICE",
                   .default_value = "cpu",
                   .help = "cpu, cuda or cuda:N."}}};
}

OptionGroup interval_group() {
  return {.title = "Measuring",
          .options = {{.name = "bootstrap",
                       .argument = "N",
                       .default_value = "2000",
                       .help = "Resamples of the test rows for the 95 % intervals."},
                      {.name = "bootstrap-seed",
                       .argument = "N",
                       .default_value = "0",
                       .help = "Seed of the resampling."}}};
}

std::vector<Option> card_options() {
  return {{.name = "name",
           .argument = "NAME",
           .help = "Name of the model; the output's file name where not given."},
          {.name = "description", .argument = "TEXT", .help = "One sentence for the model's card."},
          {.name = "license", .argument = "TEXT", .help = "Licence of the weights."},
          {.name = "limits", .argument = "TEXT", .help = "What must not be concluded from it."}};
}

Option output_option() {
  return {.name = "output",
          .short_name = 'o',
          .argument = "FILE",
          .help = "The model, a .safetensors bundle; it appears only when it is whole."};
}

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

OptionGroup model_group() {
  auto options = split_options();
  options.insert(
      options.begin(),
      {{.name = "model",
        .short_name = 'm',
        .argument = "NAME",
        .default_value = "vio-v1",
        .help = "A shipped model's name, or a .safetensors file."},
       {.name = "split", .help = "Take only the test part, as vio-train fit split it off."}});
  return {.title = "Model and rows", .options = std::move(options)};
}

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
          .max_positional = 1};
}

Program import_program() {
  auto card = card_options();
  card.push_back({.name = "trained-on", .argument = "TEXT", .help = "Data, split, how."});
  return {.name = "vio-train import",
          .summary = "makes a model from the tensors of a PyTorch state_dict",
          .usage = "[options] --classes A,B,... -o MODEL.safetensors TENSORS.safetensors",
          .description = "Checks every tensor against the spec and writes a bundle with its card.",
          .groups = {{.title = "What it is",
                      .options = {{.name = "spec",
                                   .argument = "SPEC",
                                   .default_value = "v1",
                                   .help = "v1, vio-s, or a JSON file with a spec."},
                                  {.name = "classes",
                                   .argument = "NAMES",
                                   .help = "Class names, separated by commas, in the order of the "
                                           "classifier's rows."},
                                  {.name = "classes-file",
                                   .argument = "FILE",
                                   .help = "The same from a file, one a line."}}},
                     {.title = "Output", .options = {output_option()}},
                     {.title = "Card", .options = std::move(card)},
                     general_group()},
          .examples = {{"vio-train import --classes exon,intron -o mine.safetensors "
                        "state.safetensors",
                        "import weights of the v1 network"}},
          .max_positional = 1};
}

Program describe_program() {
  return {.name = "vio-train describe",
          .summary = "prints what a model or a spec is",
          .usage = "[options] MODEL",
          .description =
              "MODEL is a shipped model's name, a .safetensors bundle, a preset (v1, "
              "vio-s) or a .json spec.",
          .groups = {{.title = "Output",
                      .options = {{.name = "json", .help = "Print JSON."},
                                  {.name = "class-count",
                                   .argument = "N",
                                   .default_value = "2",
                                   .help = "Classes of a preset, or of a spec that names none."}}},
                     general_group()},
          .examples = {{"vio-train describe vio-v1", "the default model"},
                       {"vio-train describe --class-count 9 vio-s", "a preset with nine classes"}},
          .max_positional = 1};
}

}  // namespace

std::span<const Program> programs() {
  static const std::array all{fit_program(), evaluate_program(), import_program(),
                              describe_program()};
  return all;
}

}  // namespace vio::train

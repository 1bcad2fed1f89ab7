#include "train/options/options.hpp"
#include "models/commands.hpp"

namespace vio::bench {

namespace {

cli::OptionGroup network_group(std::string_view names) {
  return {
      .title = "Network",
      .options = {{.name = "network", .argument = "NAME", .default_value = "vio", .help = names},
                  {.name = "spec",
                   .argument = "SPEC",
                   .default_value = "default",
                   .help = "What vio is, as for vio-train fit; alphabet and classes of all."}}};
}

std::vector<cli::Option> recipe_options() {
  return {
      {.name = "epochs", .argument = "N", .default_value = "14", .help = "Of every training."},
      {.name = "logit-adjustment",
       .argument = "TAU",
       .default_value = "0",
       .help = "As for vio-train fit."},
      {.name = "augment-rc-classes",
       .argument = "NAMES",
       .help = "Reverse complements of half of the rows of these classes, separated by commas."},
      {.name = "seed",
       .argument = "N",
       .default_value = "0",
       .help = "Of initial weights, shuffling, dropout and augmentation."}};
}

cli::OptionGroup with_recipe(std::string_view title, std::vector<cli::Option> options) {
  for (auto& option : recipe_options()) {
    options.push_back(std::move(option));
  }
  return {.title = title, .options = std::move(options)};
}

std::vector<cli::OptionGroup> training_groups(cli::OptionGroup training) {
  return {network_group("vio, transformer, cnn or bilstm."),
          train::table_group(),
          {.title = "Split", .options = train::split_options()},
          std::move(training),
          train::interval_group(),
          train::compute_group(),
          train::general_group()};
}

cli::Program pace_program() {
  return {.name = "vio-bench-models pace",
          .summary = "measures how fast one network trains",
          .usage = "[options] TABLE",
          .description =
              "Trains several times on the same rows and takes the fastest repetition of "
              "every step.",
          .groups = training_groups(with_recipe("Timing", {{.name = "rows",
                                                            .argument = "N",
                                                            .default_value = "1600",
                                                            .help = "Rows of every repetition."},
                                                           {.name = "repetitions",
                                                            .argument = "N",
                                                            .default_value = "5",
                                                            .help = "Trainings that are timed."}})),
          .examples = {{.command = "vio-bench-models pace --network cnn test.csv",
                        .meaning = "Rows a second, as JSON."}},
          .max_positional = 1};
}

cli::Program tune_program() {
  return {.name = "vio-bench-models tune",
          .summary = "chooses the learning rate of one network",
          .usage = "[options] TABLE",
          .description =
              "Trains once with each rate on a part of the training rows, and measures "
              "on the rest of them. The test rows are not looked at.",
          .groups = training_groups(with_recipe(
              "Trials", {{.name = "rates",
                          .argument = "LIST",
                          .default_value = "0.001,0.003,0.01",
                          .help = "Learning rates to choose from, separated by commas."},
                         {.name = "validation-fraction",
                          .argument = "FRACTION",
                          .default_value = "0.2",
                          .help = "Part of the training rows on which the rates are compared."}})),
          .examples = {{.command = "vio-bench-models tune --network cnn --epochs 3 test.csv",
                        .meaning = "Three trials, and the rate with the lowest log loss."}},
          .max_positional = 1};
}

cli::Program train_program() {
  return {
      .name = "vio-bench-models train",
      .summary = "trains and measures one network",
      .usage = "[options] TABLE",
      .description = "Trains on all training rows, and measures once on the test rows.",
      .groups = training_groups(with_recipe("Training", {{.name = "learning-rate",
                                                          .argument = "RATE",
                                                          .default_value = "0.003",
                                                          .help = "At the end of the warm-up."}})),
      .examples = {{.command = "vio-bench-models train --network cnn test.csv",
                    .meaning = "One row of the comparison, as JSON."}},
      .max_positional = 1};
}

cli::Program growth_program() {
  return {.name = "vio-bench-models growth",
          .summary = "measures time and memory of scoring windows of one length",
          .usage = "[options]",
          .description = "Scores batches of random windows with one thread.",
          .groups = {network_group("vio, transformer, cnn or bilstm in LibTorch, or vio-fused."),
                     {.title = "Windows",
                      .options = {{.name = "length",
                                   .argument = "N",
                                   .default_value = "1024",
                                   .help = "Positions a window."},
                                  {.name = "positions",
                                   .argument = "N",
                                   .default_value = "16384",
                                   .help = "Positions a batch, in as many windows as they make."},
                                  {.name = "seconds",
                                   .argument = "S",
                                   .default_value = "1",
                                   .help = "Time of the repetitions."}}},
                     train::general_group()},
          .examples = {{.command = "vio-bench-models growth --network transformer --length 4096",
                        .meaning = "One cell of the tables of growth, as JSON."}},
          .max_positional = 0};
}

}  // namespace

std::span<const cli::Program> programs() {
  static const std::vector<cli::Program> all{pace_program(), tune_program(), train_program(),
                                             growth_program()};
  return all;
}

}  // namespace vio::bench

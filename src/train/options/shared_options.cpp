#include "train/options/options.hpp"
#include "vio/cli/manual.hpp"

namespace vio::train {

using cli::Option;
using cli::OptionGroup;

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
           .help = "Part of the rows that is kept for the test; 0.2 where not given."},
          {.name = "split-by",
           .argument = "WHAT",
           .help = "label (where not given): every part has its share of every class; similarity: "
                   "and groups of similar sequences stay in one part.",
           .choices = {"label", "similarity"}},
          {.name = "split-similarity",
           .argument = "JACCARD",
           .help = "Sequences whose sets of 11-mers have this Jaccard similarity, or a higher one, "
                   "stay together, and so do chains of them; 0.1 where not given."},
          {.name = "split-seed",
           .argument = "N",
           .help = "Seed of the split; 42 where not given. By label it is random_state of "
                   "scikit-learn."}};
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
                           "number."},
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

std::vector<cli::ManualSection> shared_manual() {
  return {cli::exit_status_section(), cli::environment_section(), cli::files_section()};
}

Option output_option() {
  return {.name = "output",
          .short_name = 'o',
          .argument = "FILE",
          .help = "The model, a .safetensors bundle; it appears only when it is whole."};
}

}  // namespace vio::train

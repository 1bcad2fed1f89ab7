#include "train/options/options.hpp"
#include "vio/cli/manual.hpp"
#include "vio/train/command_line.hpp"

namespace vio::train {

cli::Program overview_program() {
  cli::ManualSection verbs{.title = "VERBS", .text = "Each has a page of its own.", .terms = {}};
  for (const auto& program : programs()) {
    verbs.terms.push_back({program.name, program.summary});
  }
  auto manual = shared_manual();
  manual.insert(manual.begin(), std::move(verbs));
  return {
      .name = "vio-train",
      .summary = "makes, measures, imports and describes models",
      .usage = "VERB [options] [ARGUMENT]",
      .description =
          "Makes the models with which vio-annotate classifies sequences and variants. "
          "vio-train VERB --help lists the options of a verb.",
      .groups = {{.title = "Without a verb",
                  .options = {{.name = "help", .short_name = 'h', .help = "Print the verbs."},
                              {.name = "version", .help = "Print the program's version and exit."},
                              {.name = "man-page", .help = "Print this man page (roff) and exit."},
                              {.name = "bash-completion",
                               .help = "Print the bash completion script and exit."}}}},
      .examples = {{"vio-train fit -o genes.safetensors genes.csv",
                    "train a model from labelled sequences"},
                   {"vio-train evaluate -m genes.safetensors --split genes.csv",
                    "measure it on the rows that training never saw"},
                   {"vio-annotate -m genes.safetensors genome.fa", "use it"}},
      .manual = std::move(manual),
      .see_also = {"vio-train-fit(1)", "vio-train-evaluate(1)", "vio-train-import(1)",
                   "vio-train-describe(1)", "vio-annotate(1)"}};
}

}  // namespace vio::train

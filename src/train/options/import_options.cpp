#include "train/options/options.hpp"
#include "vio/cli/manual.hpp"

namespace vio::train {

using cli::Program;

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
                                   .help = "v1, fast, default, large, or a JSON file with a spec."},
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
          .max_positional = 1,
          .manual = shared_manual(),
          .see_also = {"vio-train(1)", "vio-train-fit(1)", "vio-train-evaluate(1)",
                       "vio-train-describe(1)", "vio-annotate(1)"}};
}

}  // namespace vio::train

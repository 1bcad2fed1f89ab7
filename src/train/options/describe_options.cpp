#include "train/options/options.hpp"
#include "vio/cli/manual.hpp"

namespace vio::train {

using cli::Program;

Program describe_program() {
  return {.name = "vio-train describe",
          .summary = "prints what a model or a spec is",
          .usage = "[options] MODEL",
          .description =
              "MODEL is a shipped model's name, a .safetensors bundle, a preset (v1, fast, "
              "default, large) or a .json spec.",
          .groups = {{.title = "Output",
                      .options = {{.name = "json", .help = "Print JSON."},
                                  {.name = "class-count",
                                   .argument = "N",
                                   .default_value = "2",
                                   .help = "Classes of a preset, or of a spec that names none."}}},
                     general_group()},
          .examples = {{"vio-train describe gene-type", "the default model"},
                       {"vio-train describe --class-count 9 large", "a preset with nine classes"}},
          .max_positional = 1,
          .manual = shared_manual(),
          .see_also = {"vio-train(1)", "vio-train-fit(1)", "vio-train-evaluate(1)",
                       "vio-train-import(1)", "vio-annotate(1)"}};
}

}  // namespace vio::train

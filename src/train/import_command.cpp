#include <fmt/format.h>

#include <sstream>

#include "train/commands.hpp"
#include "train/common_options.hpp"
#include "train/files.hpp"
#include "train/notes.hpp"
#include "train/spec_source.hpp"
#include "vio/core/error.hpp"
#include "vio/model/presets.hpp"

namespace vio::train {

namespace {

std::vector<std::string> split_text(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) {
    if (part.ends_with('\r')) {
      part.pop_back();
    }
    if (!part.empty()) {
      parts.push_back(std::move(part));
    }
  }
  return parts;
}

std::vector<std::string> class_list(const cli::ParsedOptions& options) {
  const auto list = options.text("classes");
  const auto file = options.text("classes-file");
  if (!list.empty() && !file.empty()) {
    throw core::UsageError("--classes and --classes-file exclude each other; give one of them");
  }
  return file.empty() ? split_text(list, ',') : split_text(read_file(file), '\n');
}

}  // namespace

int import_command(const cli::ParsedOptions& options, const std::string& /*command*/) {
  const auto input = required_argument(options, "the .safetensors file to import");
  const auto output = required_option(options, "output");
  const auto classes = class_list(options);
  const auto spec_name = options.text("spec");
  if (classes.empty() && model::is_preset(spec_name)) {
    throw core::UsageError(
        fmt::format("--classes is missing; the preset {} needs the class names in the order of the "
                    "classifier's rows",
                    spec_name));
  }
  model::Model model{.spec = load_spec(spec_name, classes),
                     .tensors = model::load_tensors(input),
                     .card = card_options(options, output),
                     .sha256 = ""};
  model.card.trained_on = options.text("trained-on");
  if (!classes.empty() && model.spec.classes != classes) {
    throw core::UsageError(
        fmt::format("{} names other classes than --classes; leave one of them out", spec_name));
  }
  model::check_tensors(model.spec, model.tensors, input);
  model::save_model(model, output);
  if (!options.has("quiet")) {
    print_note(fmt::format("imported {} parameters of {} tensors into {}",
                           model::parameter_count(model.spec), model.tensors.size(), output));
  }
  return 0;
}

}  // namespace vio::train

#include "train/spec_source.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "train/files.hpp"
#include "train/json.hpp"
#include "vio/core/error.hpp"
#include "vio/model/presets.hpp"

namespace vio::train {

model::Spec load_spec(const std::string& preset_or_file, const std::vector<std::string>& classes) {
  if (model::is_preset(preset_or_file)) {
    return model::preset(preset_or_file, classes);
  }
  if (!preset_or_file.ends_with(".json")) {
    throw core::UsageError(
        fmt::format("--spec takes {} or a JSON file whose name ends in .json, not '{}'",
                    fmt::join(model::preset_names(), ", "), preset_or_file));
  }
  auto json = OrderedJson::parse(read_file(preset_or_file), nullptr, false);
  if (!json.is_object()) {
    throw core::ModelError(fmt::format(
        "{}: not a JSON object; expected a spec as in docs/model-format.md", preset_or_file));
  }
  if (!json.contains("classes") || json["classes"].empty()) {
    json["classes"] = classes;
  }
  try {
    return model::parse_spec(json.dump());
  } catch (const core::ModelError& error) {
    throw core::ModelError(fmt::format("{}: {}", preset_or_file, error.what()));
  }
}

}  // namespace vio::train

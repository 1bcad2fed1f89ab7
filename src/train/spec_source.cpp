#include "train/spec_source.hpp"

#include <fmt/format.h>

#include "train/files.hpp"
#include "train/json.hpp"
#include "vio/core/error.hpp"

namespace vio::train {

bool is_preset(std::string_view name) {
  return name == "v1" || name == "vio-s";
}

model::Spec load_spec(const std::string& preset_or_file, const std::vector<std::string>& classes) {
  if (preset_or_file == "v1") {
    return model::v1_spec(classes);
  }
  if (preset_or_file == "vio-s") {
    return model::vio_s_spec(classes);
  }
  if (!preset_or_file.ends_with(".json")) {
    throw core::UsageError(
        fmt::format("--spec takes v1, vio-s or a JSON file whose name ends in .json, not '{}'",
                    preset_or_file));
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

#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "vio/model/model.hpp"

namespace vio::model {

/// The model used without -m.
inline constexpr std::string_view kDefaultModel = "gene-type";

/// Folders searched for shipped models, first match wins: those of the environment variable
/// VIO_MODEL_PATH (colon-separated), then <folder of the executable>/../share/vio-annotate/models,
/// which holds in the build tree and after install.
[[nodiscard]] std::vector<std::filesystem::path> model_folders();

/// Names of the models found there, sorted, without the suffix .safetensors.
[[nodiscard]] std::vector<std::string> list_models();

/// A file if `name_or_file` names one (it has a slash or the suffix .safetensors), else the shipped
/// model of that name. Throws core::ModelError with the names that exist.
[[nodiscard]] std::filesystem::path find_model(std::string_view name_or_file);

}  // namespace vio::model

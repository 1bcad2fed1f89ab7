#include "vio/model/registry.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdlib>
#include <set>
#include <system_error>

#include "vio/core/error.hpp"
#include "vio/core/executable.hpp"

namespace vio::model {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSuffix = ".safetensors";
constexpr const char* kFolderVariable = "VIO_MODEL_PATH";

/// The non-empty parts of a colon-separated list.
std::vector<fs::path> split_folders(std::string_view list) {
  std::vector<fs::path> folders;
  while (!list.empty()) {
    const auto colon = list.find(':');
    if (const auto folder = list.substr(0, colon); !folder.empty()) {
      folders.emplace_back(folder);
    }
    list.remove_prefix(colon == list.npos ? list.size() : colon + 1);
  }
  return folders;
}

bool names_file(std::string_view name_or_file) {
  return name_or_file.find('/') != name_or_file.npos || name_or_file.ends_with(kSuffix);
}

}  // namespace

std::vector<fs::path> model_folders() {
  std::vector<fs::path> folders;
  if (const char* list = std::getenv(kFolderVariable)) {
    folders = split_folders(list);
  }
  folders.push_back(
      (core::executable_folder() / "../share/vio-annotate/models").lexically_normal());
  return folders;
}

std::vector<std::string> list_models() {
  std::set<std::string> names;
  for (const auto& folder : model_folders()) {
    std::error_code error;
    for (auto entry = fs::directory_iterator(folder, error);
         !error && entry != fs::directory_iterator(); entry.increment(error)) {
      if (entry->path().extension() == kSuffix) {
        names.insert(entry->path().stem().string());
      }
    }
  }
  return {names.begin(), names.end()};
}

fs::path find_model(std::string_view name_or_file) {
  if (names_file(name_or_file)) {
    return name_or_file;
  }
  for (const auto& folder : model_folders()) {
    auto file = folder / fmt::format("{}{}", name_or_file, kSuffix);
    std::error_code error;
    if (fs::is_regular_file(file, error)) {
      return file;
    }
  }
  const auto names = list_models();
  if (names.empty()) {
    throw core::ModelError(fmt::format(
        "there is no model '{}', nor any other in {}: give a file with --model FILE.safetensors, "
        "or the folder of the shipped models in {}",
        name_or_file, model_folders().back().string(), kFolderVariable));
  }
  throw core::ModelError(
      fmt::format("there is no model '{}': the models are {}; a file is given with a slash or the "
                  "suffix {}",
                  name_or_file, fmt::join(names, ", "), kSuffix));
}

}  // namespace vio::model

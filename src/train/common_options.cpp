#include "train/common_options.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <limits>
#include <sstream>

#include "vio/core/error.hpp"

namespace vio::train {

namespace {

constexpr std::int64_t kMostBatch = 1 << 20;
constexpr std::int64_t kMostThreads = 1024;

}  // namespace

std::string required_argument(const cli::ParsedOptions& options, std::string_view what) {
  if (options.positional().empty()) {
    throw core::UsageError(fmt::format("{} is missing; name it after the options", what));
  }
  return options.positional().front();
}

std::vector<std::string> comma_separated(const std::string& text) {
  std::vector<std::string> names;
  std::istringstream stream(text);
  for (std::string name; std::getline(stream, name, ',');) {
    names.push_back(name);
  }
  return names;
}

std::string required_option(const cli::ParsedOptions& options, std::string_view name) {
  auto value = options.text(name);
  if (value.empty()) {
    throw core::UsageError(fmt::format("--{} is missing; it has no default", name));
  }
  return value;
}

TableOptions table_options(const cli::ParsedOptions& options) {
  return {.path = required_argument(options, "the table of labelled sequences"),
          .sequence_column = options.text("seq-column"),
          .label_column = options.text("label-column"),
          .labels_path = options.text("labels")};
}

ComputeOptions compute_options(const cli::ParsedOptions& options) {
  return {.device = options.text("device"),
          .threads = static_cast<int>(options.integer("threads", 1, kMostThreads)),
          .batch_size = static_cast<std::size_t>(options.integer("batch-size", 1, kMostBatch))};
}

std::uint32_t seed_option(const cli::ParsedOptions& options, std::string_view name) {
  return static_cast<std::uint32_t>(
      options.integer(name, 0, std::numeric_limits<std::uint32_t>::max()));
}

model::Card card_options(const cli::ParsedOptions& options, const std::string& output) {
  const auto name = options.text("name");
  return {.name = name.empty() ? std::filesystem::path(output).stem().string() : name,
          .description = options.text("description"),
          .license = options.text("license"),
          .trained_on = "",
          .limits = options.text("limits"),
          .metrics_json = "{}"};
}

}  // namespace vio::train

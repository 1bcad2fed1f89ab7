#include <fmt/format.h>

#include <filesystem>

#include "train/commands.hpp"
#include "train/common_options.hpp"
#include "train/files.hpp"
#include "train/json.hpp"
#include "train/notes.hpp"
#include "train/test_part.hpp"
#include "vio/cli/standard_output.hpp"
#include "vio/core/version.hpp"
#include "vio/model/registry.hpp"
#include "vio/train/report.hpp"

namespace vio::train {

namespace {

constexpr std::int64_t kMostResamples = 1'000'000;

/// The rows to measure: all, or the test part of the split that fit makes.
Table rows_to_measure(const cli::ParsedOptions& options, const model::Model& model) {
  auto table = load_table(table_options(options));
  if (options.has("split")) {
    table = test_part(std::move(table), model, options);
  }
  return keep_classes(std::move(table), model.spec.classes);
}

}  // namespace

int evaluate_command(const cli::ParsedOptions& options, const std::string& command) {
  const auto compute = compute_options(options);
  const auto resamples = static_cast<std::size_t>(options.integer("bootstrap", 1, kMostResamples));
  const auto seed = seed_option(options, "bootstrap-seed");
  const auto model = model::load_model(model::find_model(options.text("model")));
  const auto table = rows_to_measure(options, model);
  print_notes(table, options.has("quiet"));
  const auto data = encode_table(table, model.spec);
  const auto predictions = predict(model.spec, model.tensors, data, compute);
  const auto evaluation = evaluate(predictions, resamples, seed);
  if (const auto file = options.text("json"); !file.empty()) {
    const OrderedJson json{
        {"version", core::version()},
        {"command", command},
        {"model", {{"name", model.card.name}, {"sha256", model.sha256}}},
        {"data",
         {{"file", std::filesystem::path(table.path).filename().string()},
          {"test_part_only", options.has("split")},
          {"notes", table.notes}}},
        {"test", OrderedJson::parse(evaluation_to_json(evaluation, model.spec.classes))}};
    write_file(file, json.dump(2) + "\n");
  }
  cli::print_to_stdout(evaluation_to_text(evaluation, model.spec.classes));
  return 0;
}

}  // namespace vio::train

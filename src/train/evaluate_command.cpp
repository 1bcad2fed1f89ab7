#include <fmt/format.h>

#include <filesystem>
#include <optional>

#include "train/commands.hpp"
#include "train/common_options.hpp"
#include "train/cut_windows.hpp"
#include "train/files.hpp"
#include "train/measurement_report.hpp"
#include "train/notes.hpp"
#include "train/page.hpp"
#include "train/predictions_table.hpp"
#include "train/strands.hpp"
#include "train/test_part.hpp"
#include "vio/cli/standard_output.hpp"
#include "vio/core/error.hpp"
#include "vio/core/version.hpp"
#include "vio/model/registry.hpp"

namespace vio::train {

namespace {

constexpr std::int64_t kMostResamples = 1'000'000;

struct Tables {
  Table test;
  std::optional<Table> training;  ///< where it is known
};

/// Measures all rows, or the test part of the split that fit makes.
Tables read_tables(const cli::ParsedOptions& options, const model::Model& model) {
  Tables tables{.test = load_table(table_options(options)), .training = {}};
  if (options.has("split")) {
    auto parts = test_part(std::move(tables.test), model, options);
    tables.test = std::move(parts.test);
    tables.training = keep_classes(std::move(parts.training), model.spec.classes);
  }
  if (const auto file = options.text("train-table"); !file.empty()) {
    if (tables.training) {
      throw core::UsageError(
          "--split and --train-table both say what the training rows are; give one of them");
    }
    auto source = table_options(options);
    source.path = file;
    tables.training = keep_classes(load_table(source), model.spec.classes);
  }
  tables.test = keep_classes(std::move(tables.test), model.spec.classes);
  return tables;
}

Measurement measure_tables(const cli::ParsedOptions& options, const model::Model& model,
                           const Tables& tables) {
  const auto compute = compute_options(options);
  const MeasureOptions how{
      .resamples = static_cast<std::size_t>(options.integer("bootstrap", 1, kMostResamples)),
      .seed = seed_option(options, "bootstrap-seed"),
      .threads = compute.threads};
  const auto test = encode_table(tables.test, model.spec);
  const auto strand = core::parse_strand(options.text("strand"), model.spec.alphabet);
  const auto predictions = predict_strand(model, test, compute, strand);
  if (const auto file = options.text("predictions"); !file.empty()) {
    write_file(file, predictions_to_csv(predictions, tables.test, model.spec.classes));
  }
  if (!tables.training || tables.training->rows.empty()) {
    return measure(predictions, how);
  }
  return measure(predictions, test, encode_table(*tables.training, model.spec), model.spec.alphabet,
                 how);
}

OrderedJson to_json(const cli::ParsedOptions& options, const std::string& command,
                    const model::Model& model, const Tables& tables,
                    const Measurement& measurement) {
  const auto file_name = [](const std::string& path) {
    return std::filesystem::path(path).filename().string();
  };
  return {{"version", core::version()},
          {"command", command},
          {"model", {{"name", model.card.name}, {"sha256", model.sha256}}},
          {"data",
           {{"file", file_name(tables.test.path)},
            {"test_part_only", options.has("split")},
            {"cut", options.has("cut")},
            {"strand", options.text("strand")},
            {"train_file", file_name(options.text("train-table"))},
            {"notes", tables.test.notes}}},
          {"test", measurement_to_json(measurement, model.spec.classes)}};
}

model::Model model_to_measure(const cli::ParsedOptions& options) {
  auto model = model::load_model(model::find_model(options.text("model")));
  if (options.has("cut")) {
    model.tensors = scoring_cut_windows(model.spec, std::move(model.tensors));
  }
  return model;
}

}  // namespace

int evaluate_command(const cli::ParsedOptions& options, const std::string& command) {
  const auto model = model_to_measure(options);
  const auto tables = read_tables(options, model);
  print_notes(tables.test, options.has("quiet"));
  const auto measurement = measure_tables(options, model, tables);
  const auto record = to_json(options, command, model, tables, measurement);
  if (const auto file = options.text("json"); !file.empty()) {
    write_file(file, record.dump(2) + "\n");
  }
  if (const auto file = options.text("html"); !file.empty()) {
    write_file(file, measurement_page(record));
  }
  cli::print_to_stdout(measurement_to_text(measurement, model.spec.classes, colour_wanted()));
  return 0;
}

}  // namespace vio::train

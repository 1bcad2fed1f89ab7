#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "train/commands.hpp"
#include "train/common_options.hpp"
#include "train/files.hpp"
#include "train/fit_choices.hpp"
#include "train/fit_record.hpp"
#include "train/fit_start.hpp"
#include "train/interrupt.hpp"
#include "train/notes.hpp"
#include "train/part_options.hpp"
#include "train/progress_line.hpp"
#include "train/spec_source.hpp"
#include "vio/cli/standard_output.hpp"
#include "vio/core/error.hpp"
#include "vio/train/report.hpp"

namespace vio::train {

namespace {

constexpr std::int64_t kMostResamples = 1'000'000;
constexpr int kSignalExitBase = 128;

/// A folder that cannot be written should be found before training, not after it.
void check_folder(const std::string& output) {
  const auto parent = std::filesystem::path(output).parent_path();
  const auto folder = parent.empty() ? std::string(".") : parent.string();
  if (::access(folder.c_str(), W_OK | X_OK) != 0) {
    throw core::OutputError(fmt::format(
        "{} cannot be written: its folder does not exist or is not writable; make it, or give "
        "another --output",
        output));
  }
}

double majority_fraction(const std::vector<int>& labels) {
  std::map<int, std::size_t> counts;
  std::size_t most = 0;
  for (const int label : labels) {
    most = std::max(most, ++counts[label]);
  }
  return labels.empty() ? 0 : static_cast<double>(most) / static_cast<double>(labels.size());
}

/// What the options say; wrong ones are found before anything is read.
FitRecord asked_for(const cli::ParsedOptions& options, const std::string& command) {
  FitRecord record;
  record.command = command;
  record.data_note = options.text("data-note");
  record.spec_name = std::filesystem::path(options.text("spec")).filename().string();
  record.part_options = part_options(options);
  auto choices = fit_choices(options);
  if (!options.has("quiet")) {
    print_note(describe_choices(choices));
  }
  record.recipe = std::move(choices.recipe);
  record.fit_options = std::move(choices.options);
  record.resamples = static_cast<std::size_t>(options.integer("bootstrap", 1, kMostResamples));
  record.bootstrap_seed = seed_option(options, "bootstrap-seed");
  return record;
}

void print_all_notes(const FitTables& tables) {
  print_notes(tables.rows, false);
  for (const auto* table : {&tables.added, &tables.validation, &tables.test, &tables.unlike}) {
    if (*table) {
      print_notes(**table, false);
    }
  }
}

/// Name without its folder; empty where there is no such table.
std::string file_name(const std::optional<Table>& table) {
  return table ? std::filesystem::path(table->path).filename().string() : std::string();
}

void note_files(const FitTables& tables, FitRecord& record) {
  record.data_file = std::filesystem::path(tables.rows.path).filename().string();
  record.notes = tables.rows.notes;
  record.table_rows = tables.rows.rows.size();
  record.added_file = file_name(tables.added);
  record.added_rows = tables.added ? tables.added->rows.size() : 0;
  record.validation_file = file_name(tables.validation);
  record.test_file = file_name(tables.test);
  record.unlike_file = file_name(tables.unlike);
}

void note_parts(const Parts& parts, FitRecord& record) {
  record.train_rows = parts.train.size();
  record.validation_rows = parts.validation.size();
  record.test_rows = parts.test.size();
  record.dropped_rows = parts.dropped_rows;
  record.dropped_added = parts.dropped_added;
  record.majority_fraction = majority_fraction(parts.test.labels);
}

Parts read_parts(FitRecord& record, const cli::ParsedOptions& options) {
  const bool quiet = options.has("quiet");
  const auto tables = load_fit_tables(options);
  if (!quiet) {
    print_all_notes(tables);
  }
  note_files(tables, record);
  record.spec = load_spec(options.text("spec"), tables.classes);
  auto parts = make_parts(tables, record.spec, record.part_options);
  note_parts(parts, record);
  if (!quiet) {
    print_note(describe_parts(record));
  }
  return parts;
}

/// Trains, then looks at the test part once, unless there was an interrupt: then time is short.
void train_and_measure(FitRecord& record, const Parts& parts, const FitStart& start,
                       ProgressLine& line, const InterruptGuard& interrupt) {
  const FitHooks hooks{
      .on_step = [&](const FitProgress& progress) { line.show(progress); },
      .on_epoch = [&](const EpochLog& log) { line.end_epoch(log, record.fit_options.epochs); },
      .stop = [&] { return interrupt.signal() != 0; }};
  record.result = fit(record.spec, parts.train, parts.validation, record.fit_options, hooks, start);
  line.clear();
  if (parts.test.size() > 0 && interrupt.signal() == 0) {
    const auto predictions =
        predict(record.spec, record.result.tensors, parts.test, record.fit_options.compute);
    record.evaluation = evaluate(predictions, record.resamples, record.bootstrap_seed);
  }
}

void save(const FitRecord& record, const cli::ParsedOptions& options, const std::string& output) {
  model::Model model{.spec = record.spec,
                     .tensors = record.result.tensors,
                     .card = card_options(options, output),
                     .sha256 = ""};
  model.card.trained_on = trained_on_text(record);
  model.card.metrics_json = card_metrics(record).dump();
  model::save_model(model, output);
  auto metrics = options.text("metrics");
  if (metrics.empty()) {
    metrics = std::filesystem::path(output).replace_extension(".metrics.json").string();
  }
  write_file(metrics, record_to_json(record).dump(2) + "\n");
  if (!options.has("quiet")) {
    print_note(fmt::format("wrote {} and {}", output, metrics));
  }
}

}  // namespace

int fit_command(const cli::ParsedOptions& options, const std::string& command) {
  const auto output = required_option(options, "output");
  check_folder(output);
  auto record = asked_for(options, command);
  const auto parts = read_parts(record, options);
  const auto start = fit_start(options, output, record.spec, parts.train, record.fit_options);
  ProgressLine line(options.has("quiet"));
  const InterruptGuard interrupt;
  train_and_measure(record, parts, start, line, interrupt);
  save(record, options, output);
  if (record.evaluation) {
    cli::print_to_stdout(evaluation_to_text(*record.evaluation, record.spec.classes));
  }
  if (interrupt.signal() == 0) {
    std::error_code gone_already;
    std::filesystem::remove(start.checkpoint.path, gone_already);
    return 0;
  }
  print_note(
      "training was stopped before its end; the model is what had been learnt by then, nothing was "
      "measured, and the same command with --resume goes on");
  return kSignalExitBase + interrupt.signal();
}

}  // namespace vio::train

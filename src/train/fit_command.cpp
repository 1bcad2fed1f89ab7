#include <fmt/format.h>

#include <filesystem>

#include "train/commands.hpp"
#include "train/common_options.hpp"
#include "train/files.hpp"
#include "train/fit_measure.hpp"
#include "train/fit_record.hpp"
#include "train/fit_run.hpp"
#include "train/fit_setup.hpp"
#include "train/fit_start.hpp"
#include "train/interrupt.hpp"
#include "train/measurement_report.hpp"
#include "train/notes.hpp"
#include "train/page.hpp"
#include "train/progress_line.hpp"
#include "vio/cli/standard_output.hpp"
#include "vio/core/error.hpp"

namespace vio::train {

namespace {

/// Trains, then looks at the test part once, unless there was an interrupt: then time is short.
void train_and_measure(FitRecord& record, const Parts& parts, const FitStart& start,
                       ProgressLine& line, const InterruptGuard& interrupt) {
  const FitHooks hooks{
      .on_step = [&](const FitProgress& progress) { line.show(progress); },
      .on_epoch = [&](const EpochLog& log) { line.end_epoch(log, record.fit_options.epochs); },
      .stop = [&] { return interrupt.signal() != 0; }};
  record.result = fit(record.spec, parts.train, parts.validation, record.fit_options, hooks, start);
  line.clear();
  if (interrupt.signal() == 0) {
    record.temperature = calibrate(record.result.tensors, record, parts.validation);
    measure_test(record, parts);
  }
}

/// What a user is told who stopped the training.
std::string stopped_text(const FitRecord& record) {
  const auto* measured =
      record.cross_validation
          ? "the cross-validation, which is whole, does not measure it, and its card has no scores"
          : "nothing was measured";
  return fmt::format(
      "training was stopped before its end; the model is what had been learnt by then, {}; the "
      "same command with --resume goes on",
      measured);
}

void save(const FitRecord& record, const cli::ParsedOptions& options, const std::string& output) {
  model::Model model{.spec = record.spec,
                     .tensors = record.result.tensors,
                     .card = card_options(options, output),
                     .sha256 = ""};
  model.card.trained_on = trained_on_text(record);
  model.card.metrics_json = card_metrics(record).dump();
  model::save_model(model, output);
  write_measured(record, options, output + ", ");
}

}  // namespace

void write_measured(const FitRecord& record, const cli::ParsedOptions& options,
                    std::string_view written_before) {
  const auto metrics = metrics_path(options);
  const auto page = page_path(options);
  const auto json = record_to_json(record);
  write_file(metrics, json.dump(2) + "\n");
  write_file(page, measurement_page(json));
  if (!options.has("quiet")) {
    print_note(fmt::format("wrote {}{} and {}", written_before, metrics, page));
  }
}

int fit_and_save(FitRecord& record, const Parts& parts, const cli::ParsedOptions& options,
                 const InterruptGuard& interrupt) {
  const bool quiet = options.has("quiet");
  const auto output = required_option(options, "output");
  note_parts(parts, record, quiet);
  const auto start = fit_start(options, output, record.spec, parts.train, record.fit_options);
  ProgressLine line(quiet);
  train_and_measure(record, parts, start, line, interrupt);
  save(record, options, output);
  if (record.measurement) {
    cli::print_to_stdout(
        measurement_to_text(*record.measurement, record.spec.classes, colour_wanted()));
  }
  if (interrupt.signal() == 0) {
    std::error_code gone_already;
    std::filesystem::remove(start.checkpoint.path, gone_already);
    return 0;
  }
  print_note(stopped_text(record));
  return kSignalExitBase + interrupt.signal();
}

int fit_command(const cli::ParsedOptions& options, const std::string& command) {
  if (options.has("folds")) {
    return cross_validate_command(options, command);
  }
  check_folder(required_option(options, "output"), "output");
  auto record = asked_for(options, command);
  const auto tables = read_tables(record, options);
  const auto parts = make_parts(tables, record.spec, record.part_options);
  const InterruptGuard interrupt;
  return fit_and_save(record, parts, options, interrupt);
}

}  // namespace vio::train

#include <fmt/format.h>

#include <filesystem>

#include "train/common_options.hpp"
#include "train/cross_validation.hpp"
#include "train/fit_measure.hpp"
#include "train/fit_run.hpp"
#include "train/fit_setup.hpp"
#include "train/fit_start.hpp"
#include "train/interrupt.hpp"
#include "train/measurement_report.hpp"
#include "train/notes.hpp"
#include "train/progress_line.hpp"
#include "vio/cli/standard_output.hpp"
#include "vio/core/error.hpp"

namespace vio::train {

namespace {

/// Where the results go; a model needs --final.
std::string checked_output(const cli::ParsedOptions& options) {
  if (options.has("final")) {
    check_folder(required_option(options, "output"), "output");
  } else if (options.has("output")) {
    throw core::UsageError(
        "--folds measures and writes no model: name a file for the numbers with --metrics instead "
        "of --output, or give --final to train a model on all rows afterwards");
  } else {
    check_folder(required_option(options, "metrics"), "metrics");
  }
  return metrics_path(options);
}

std::string fold_name(const std::string& metrics, std::size_t fold) {
  return fmt::format("{}.fold{}", metrics, fold + 1);
}

/// Trains and predicts the rounds, one after the other.
class Rounds {
 public:
  Rounds(FitRecord& record, const cli::ParsedOptions& options, const std::string& metrics,
         const InterruptGuard& interrupt)
      : record_(record),
        options_(options),
        metrics_(metrics),
        interrupt_(interrupt),
        line_(options.has("quiet")) {}

  Predictions run(std::size_t fold, const Parts& parts, FoldResult& result) {
    announce(fold, parts);
    const auto start = fit_start(options_, fold_name(metrics_, fold), record_.spec, parts.train,
                                 record_.fit_options);
    const FitHooks hooks{
        .on_step = [&](const FitProgress& progress) { line_.show(progress); },
        .on_epoch = [&](const EpochLog& log) { line_.end_epoch(log, record_.fit_options.epochs); },
        .stop = [&] { return interrupt_.signal() != 0; }};
    auto fitted =
        fit(record_.spec, parts.train, parts.validation, record_.fit_options, hooks, start);
    line_.clear();
    if (interrupt_.signal() != 0) {
      return {};
    }
    result.temperature = calibrate(fitted.tensors, record_, parts.validation);
    result.best_epoch = fitted.best_epoch;
    result.log = std::move(fitted.log);
    return predict(record_.spec, fitted.tensors, parts.test, record_.fit_options.compute);
  }

 private:
  void announce(std::size_t fold, const Parts& parts) {
    auto text = fmt::format("fold {} of {}: {} rows train, {} choose the epoch, {} are tested",
                            fold + 1, record_.part_options.folds, parts.train.size(),
                            parts.validation.size(), parts.test.size());
    if (const auto absent = absent_classes(parts.train.labels, record_.spec.classes, "training");
        !absent.empty()) {
      record_.notes.push_back(fmt::format("fold {}: {}", fold + 1, absent));
      text += "; " + absent;
    }
    if (!options_.has("quiet")) {
      print_note(text);
    }
  }

  FitRecord& record_;
  const cli::ParsedOptions& options_;
  const std::string& metrics_;
  const InterruptGuard& interrupt_;
  ProgressLine line_;
};

void remove_checkpoints(const std::string& metrics, std::size_t folds) {
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::error_code gone_already;
    std::filesystem::remove(checkpoint_path(fold_name(metrics, fold)), gone_already);
  }
}

/// The signal that ended it early, else 0.
int run_rounds(FitRecord& record, const FitTables& tables, const cli::ParsedOptions& options,
               const std::string& metrics, const InterruptGuard& interrupt) {
  const Folds folds(tables, record.spec, record.part_options);
  Rounds rounds(record, options, metrics, interrupt);
  record.cross_validation = cross_validate(
      folds,
      [&](std::size_t fold, const Parts& parts, FoldResult& result) {
        return rounds.run(fold, parts, result);
      },
      [&] { return interrupt.signal() != 0; },
      {.resamples = record.resamples,
       .seed = record.bootstrap_seed,
       .threads = record.fit_options.compute.threads});
  return interrupt.signal();
}

int end_early(const FitRecord& record, int signal) {
  print_note(fmt::format(
      "the cross-validation was stopped after {} of {} folds and nothing was written; the same "
      "command with --resume goes on",
      record.cross_validation->folds.size(), record.part_options.folds));
  return kSignalExitBase + signal;
}

}  // namespace

int cross_validate_command(const cli::ParsedOptions& options, const std::string& command) {
  const auto metrics = checked_output(options);
  auto record = asked_for(options, command);
  const auto tables = read_tables(record, options);
  // One guard for the folds and the final model: no signal falls between them.
  const InterruptGuard interrupt;
  if (const int signal = run_rounds(record, tables, options, metrics, interrupt); signal != 0) {
    return end_early(record, signal);
  }
  cli::print_to_stdout(
      cross_validation_to_text(*record.cross_validation, record.spec.classes, colour_wanted()));
  int code = 0;
  if (options.has("final")) {
    code = fit_and_save(record, make_parts(tables, record.spec, record.part_options), options,
                        interrupt);
  } else {
    write_measured(record, options, "");
  }
  if (code == 0) {
    remove_checkpoints(metrics, record.part_options.folds);
  }
  return code;
}

}  // namespace vio::train

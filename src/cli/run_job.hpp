#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "progress_bar.hpp"
#include "run_config.hpp"
#include "signals.hpp"
#include "spdlog/logger.h"
#include "vio/model/model.hpp"
#include "vio/pipeline/run.hpp"
#include "vio/sink/table_sink.hpp"

namespace vio::cli {

/// What any run of vio-annotate has around its pipeline: temporary files that a signal removes, the
/// engine, messages, the second outputs, the exit code.
class RunJob {
 public:
  RunJob(const RunConfig& config, std::shared_ptr<const model::Model> model, std::string command,
         spdlog::logger& log);

  [[nodiscard]] const model::Model& model() const noexcept { return *model_; }
  [[nodiscard]] sink::TemporaryFiles& temporaries() noexcept { return temporaries_; }
  [[nodiscard]] spdlog::logger& log() noexcept { return log_; }

  [[nodiscard]] std::unique_ptr<engine::Engine> make_engine();
  /// The table of what was skipped, with its header line; null where it is not wanted.
  [[nodiscard]] std::unique_ptr<sink::TableSink> open_skipped(const std::string& header_line);
  /// Options of the pipeline that the configuration settles; `bar` outlives them.
  [[nodiscard]] pipeline::PipelineOptions pipeline_options(ProgressBar& bar) const;
  /// Writes the reports and the summary line. Throws core::SkippedError where too much of `tally`
  /// (of `noun`: windows, alleles) was skipped. Returns the exit code.
  [[nodiscard]] int report(const engine::Engine& engine, std::string_view input_format,
                           const pipeline::Summary& summary);

 private:
  [[nodiscard]] stats::RunStats stats_of(const engine::Engine& engine,
                                         std::string_view input_format,
                                         const pipeline::Summary& summary) const;

  const RunConfig& config_;
  std::shared_ptr<const model::Model> model_;
  std::string command_;
  spdlog::logger& log_;
  sink::TemporaryFiles temporaries_;
  SignalGuard signals_;
  ReportFiles reports_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace vio::cli

#include "run_job.hpp"

#include <fmt/format.h>

#include "vio/core/error.hpp"
#include "vio/engine/registry.hpp"

namespace vio::cli {

RunJob::RunJob(const RunConfig& config, std::shared_ptr<const model::Model> model,
               std::string command, spdlog::logger& log)
    : config_(config),
      model_(std::move(model)),
      command_(std::move(command)),
      log_(log),
      signals_(temporaries_) {}

std::unique_ptr<engine::Engine> RunJob::make_engine() {
  auto engine = engine::make_engine(config_.engine, model_, config_.engine_options);
  log_.info("engine {} on {}", engine->name(), engine->device());
  return engine;
}

std::unique_ptr<sink::TableSink> RunJob::open_skipped(const std::string& header_line) {
  if (config_.skipped_path.empty()) {
    return nullptr;
  }
  auto skipped = std::make_unique<sink::TableSink>(
      sink::TableSinkOptions{.path = config_.skipped_path}, temporaries_);
  skipped->write(header_line);
  return skipped;
}

pipeline::PipelineOptions RunJob::pipeline_options(ProgressBar& bar) const {
  pipeline::PipelineOptions options;
  options.threads = config_.threads;
  options.n_classes = model_->spec.classes.size();
  options.strand = config_.strand;
  options.flush_each_batch = config_.output_path == "-";
  if (bar.is_shown()) {
    options.on_progress = [&bar](const pipeline::Progress& progress) { bar.update(progress); };
  }
  return options;
}

int RunJob::report(const engine::Engine& engine, std::string_view input_format,
                   const pipeline::Summary& summary) {
  RunFacts facts;
  facts.command = command_;
  facts.engine = engine.name();
  facts.device = engine.device();
  facts.threads = config_.threads;
  facts.input_format = input_format;
  facts.variants = input_format == "vcf" || input_format == "bcf";
  facts.filters = input_format == "sam" || input_format == "bam" || input_format == "cram";
  facts.total_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  if (!config_.stats_path.empty()) {
    sink::TableSink stats({.path = config_.stats_path}, temporaries_);
    stats.write(stats_json(facts, *model_, summary));
    stats.finish();
  }
  log_.info("{}", summary_line(facts, summary));
  const auto& tally = facts.variants ? summary.accounting.alleles : summary.accounting.windows;
  if (tally.skipped_fraction() > config_.max_skipped_fraction) {
    throw core::SkippedError(fmt::format(
        "{:.4f} of the {} were skipped, more than --max-skipped-frac {} allows; the output is "
        "whole, --skipped FILE lists them",
        tally.skipped_fraction(), facts.variants ? "alleles" : "windows",
        config_.max_skipped_fraction));
  }
  return static_cast<int>(core::ExitCode::ok);
}

}  // namespace vio::cli

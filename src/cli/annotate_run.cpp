#include "annotate_run.hpp"

#include <fmt/format.h>

#include <chrono>

#include "progress_bar.hpp"
#include "signals.hpp"
#include "stats.hpp"
#include "vio/core/error.hpp"
#include "vio/engine/registry.hpp"
#include "vio/pipeline/sequence_pipeline.hpp"

namespace vio::cli {

namespace {

using Clock = std::chrono::steady_clock;

std::unique_ptr<annotate::Table> make_table(const AnnotateConfig& config, const model::Spec& spec) {
  return config.by_sequence ? annotate::sequence_table(spec.classes)
                            : annotate::window_table(spec.classes, config.strand);
}

std::unique_ptr<sink::TableSink> open_skipped(const AnnotateConfig& config,
                                              sink::TemporaryFiles& temporaries) {
  if (config.skipped_path.empty()) {
    return nullptr;
  }
  auto skipped = std::make_unique<sink::TableSink>(
      sink::TableSinkOptions{.path = config.skipped_path}, temporaries);
  skipped->write(annotate::skipped_header());
  return skipped;
}

void write_stats(const std::string& path, const std::string& json,
                 sink::TemporaryFiles& temporaries) {
  sink::TableSink stats({.path = path}, temporaries);
  stats.write(json);
  stats.finish();
}

/// A model that reads length was trained on whole sequences.
void warn_about_length(const model::Spec& spec, const AnnotateConfig& config, spdlog::logger& log) {
  if (spec.length.enabled && spec.length.cut == model::LengthSpec::Cut::keep &&
      (!config.source.regions.empty() || !config.source.regions_file.empty() ||
       !config.by_sequence)) {
    log.warn(
        "this model reads the length of its window, which means little where a window was cut from "
        "a longer sequence");
  }
}

/// The run's long-lived parts, made in the order in which a user's mistakes should be reported.
class Job {
 public:
  Job(const AnnotateConfig& config, std::shared_ptr<const model::Model> model, spdlog::logger& log)
      : config_(config), model_(std::move(model)), log_(log), signals_(temporaries_) {}

  int run(const std::string& command) {
    const auto began = Clock::now();
    const auto source = source::open_sequences(config_.source);
    const auto engine = engine::make_engine(config_.engine, model_, config_.engine_options);
    log_.info("engine {} on {}", engine->name(), engine->device());
    const auto table = make_table(config_, model_->spec);
    sink::TableSink output(config_.output, temporaries_);
    const auto skipped = open_skipped(config_, temporaries_);
    output.write(table->header());

    const auto summary = run_pipeline(*source, *engine, *table, output, skipped.get());
    annotate::check_balance(summary.accounting);
    output.finish();
    if (skipped) {
      skipped->finish();
    }

    RunFacts facts;
    facts.command = command;
    facts.engine = engine->name();
    facts.device = engine->device();
    facts.threads = config_.threads;
    facts.input_format = source->format();
    facts.total_seconds = std::chrono::duration<double>(Clock::now() - began).count();
    return report(facts, summary);
  }

 private:
  pipeline::Summary run_pipeline(source::SequenceSource& source, engine::Engine& engine,
                                 annotate::Table& table, sink::TableSink& output,
                                 sink::TableSink* skipped) {
    auto tiling = config_.tiling;
    if (tiling.max_windows == 0) {
      tiling.max_windows = engine.preferred_batch();
    }
    window::BatchReader reader(source, tiling);
    ProgressBar bar(!config_.quiet);
    pipeline::PipelineOptions options;
    options.threads = config_.threads;
    options.n_classes = model_->spec.classes.size();
    options.strand = config_.strand;
    options.flush_each_batch = config_.output.path == "-";
    if (bar.is_shown()) {
      options.on_progress = [&](const pipeline::Progress& progress) { bar.update(progress); };
    }
    return pipeline::run_sequences({reader, model_->spec.alphabet, engine, table, output, skipped},
                                   options);
  }

  int report(const RunFacts& facts, const pipeline::Summary& summary) {
    if (!config_.stats_path.empty()) {
      write_stats(config_.stats_path, stats_json(facts, *model_, summary), temporaries_);
    }
    log_.info("{}", summary_line(facts, summary));
    const double skipped = summary.accounting.windows.skipped_fraction();
    if (skipped > config_.max_skipped_fraction) {
      throw core::SkippedError(fmt::format(
          "{:.4f} of the windows were skipped, more than --max-skipped-frac {} allows; the output "
          "is whole, --skipped FILE lists them",
          skipped, config_.max_skipped_fraction));
    }
    return static_cast<int>(core::ExitCode::ok);
  }

  const AnnotateConfig& config_;
  std::shared_ptr<const model::Model> model_;
  spdlog::logger& log_;
  sink::TemporaryFiles temporaries_;
  SignalGuard signals_;
};

}  // namespace

int run_annotate(const AnnotateConfig& config, const std::shared_ptr<const model::Model>& model,
                 const std::string& command, spdlog::logger& log) {
  warn_about_length(model->spec, config, log);
  return Job(config, model, log).run(command);
}

}  // namespace vio::cli

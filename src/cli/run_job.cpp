#include "run_job.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "peak_memory.hpp"
#include "summary_line.hpp"
#include "vio/core/error.hpp"
#include "vio/core/version.hpp"
#include "vio/engine/registry.hpp"

namespace vio::cli {

namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

/// What a row of the output is.
std::string rows_of(std::string_view input_format, const RunConfig& config) {
  if (is_one_of(input_format, {"vcf", "bcf"})) return "alleles";
  if (is_one_of(input_format, {"sam", "bam", "cram"})) return "reads";
  if (is_one_of(input_format, {"csv", "tsv"})) return "rows";
  const auto by = config.deciding_options.find("by");
  return by != config.deciding_options.end() && by->second == "sequence" ? "sequences" : "windows";
}

/// Reports name a run as it was told, else by its input, else by its output.
std::string sample_of(const RunConfig& config) {
  if (!config.sample.empty()) return config.sample;
  for (const auto& path : {config.selection.path, config.output_path}) {
    if (auto name = stats::sample_name(path); !name.empty()) return name;
  }
  return "vio-annotate";
}

}  // namespace

RunJob::RunJob(const RunConfig& config, std::shared_ptr<const model::Model> model,
               std::string command, spdlog::logger& log)
    : config_(config),
      model_(std::move(model)),
      command_(std::move(command)),
      log_(log),
      signals_(temporaries_),
      reports_(config.reports, temporaries_) {}

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
  options.summarize = config_.reports.any();
  options.flush_each_batch = config_.output_path == "-";
  if (bar.is_shown()) {
    options.on_progress = [&bar](const pipeline::Progress& progress) { bar.update(progress); };
  }
  return options;
}

stats::RunStats RunJob::stats_of(const engine::Engine& engine, std::string_view input_format,
                                 const pipeline::Summary& summary) const {
  stats::RunStats stats;
  stats.version = core::version();
  stats.command = command_;
  stats.sample = sample_of(config_);
  stats.model_name = model_->card.name;
  stats.model_sha256 = model_->sha256;
  stats.engine = engine.name();
  stats.device = engine.device();
  stats.threads = config_.threads;
  stats.options = config_.deciding_options;
  if (const auto& shard = config_.selection.shard) {
    stats.shard = {shard->index, shard->count, summary.first_record, summary.last_record};
  }
  stats.input_path = config_.selection.path;
  stats.input_format = input_format;
  stats.variants = is_one_of(input_format, {"vcf", "bcf"});
  if (is_one_of(input_format, {"sam", "bam", "cram"})) {
    stats.records_filtered = summary.records_filtered;
  }
  stats.accounting = summary.accounting;
  stats.positions_requested = summary.positions_requested;
  stats.positions_computed = summary.positions_computed;
  const double total =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  stats.seconds = {total, total, summary.reading_seconds, summary.scoring_seconds,
                   summary.writing_seconds};
  stats.peak_memory_bytes = peak_memory_bytes();
  stats.rows = rows_of(input_format, config_);
  stats.classes = model_->spec.classes;
  stats.summary = summary.scores;
  return stats;
}

int RunJob::report(const engine::Engine& engine, std::string_view input_format,
                   const pipeline::Summary& summary) {
  const auto stats = stats_of(engine, input_format, summary);
  reports_.write(stats,
                 config_.version_lines ? stats::RunSection::shown : stats::RunSection::left_out);
  log_.info("{}", summary_line(stats));
  const auto& tally = stats.tally();
  if (tally.skipped_fraction() > config_.max_skipped_fraction) {
    throw core::SkippedError(fmt::format(
        "{:.4f} of the {} were skipped, more than --max-skipped-frac {} allows; the output is "
        "whole, --skipped FILE lists them",
        tally.skipped_fraction(), stats.variants ? "alleles" : "windows",
        config_.max_skipped_fraction));
  }
  return static_cast<int>(core::ExitCode::ok);
}

}  // namespace vio::cli

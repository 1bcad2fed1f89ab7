#include "sequence_run.hpp"

#include <bit>

#include "vio/pipeline/sequence_pipeline.hpp"

namespace vio::cli {

namespace {

std::unique_ptr<annotate::Table> make_table(const SequenceConfig& config, const model::Spec& spec) {
  return config.by_sequence ? annotate::sequence_table(spec.classes)
                            : annotate::window_table(spec.classes, config.strand);
}

/// A model that reads length was trained on whole sequences.
void warn_about_length(const model::Spec& spec, const SequenceConfig& config, spdlog::logger& log) {
  const bool cut = config.source.wants_regions() || !config.by_sequence;
  if (cut && spec.length.enabled && spec.length.cut == model::LengthSpec::Cut::keep) {
    log.warn(
        "this model reads the length of its window, which means little where a window was cut from "
        "a longer sequence");
  }
}

}  // namespace

int run_sequence_job(const SequenceConfig& config, source::SequenceSource& source, RunJob& job) {
  const auto& spec = job.model().spec;
  warn_about_length(spec, config, job.log());
  // In the order in which a user's mistakes should be reported.
  const auto engine = job.make_engine();
  const auto table = make_table(config, spec);
  sink::TableSink output(config.output, job.temporaries());
  const auto skipped = job.open_skipped(annotate::skipped_header());
  output.write(table->header());

  auto tiling = config.tiling;
  if (tiling.max_windows == 0) {
    tiling.max_windows = engine->preferred_batch();
    tiling.max_symbols = engine->preferred_symbols();
  }
  window::BatchReader reader(source, tiling);
  ProgressBar bar(!config.quiet);
  auto options = job.pipeline_options(bar);
  options.least_bin_width =
      static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(tiling.stride)));
  const auto summary = pipeline::run_sequences(
      {reader,
       spec.alphabet,
       *engine,
       *table,
       output,
       skipped.get(),
       {},
       config.by_sequence ? annotate::SequenceRows::sequences : annotate::SequenceRows::windows},
      options);
  bar.clear();
  annotate::check_balance(summary.accounting);
  output.finish();
  if (skipped) {
    skipped->finish();
  }
  return job.report(*engine, source.format(), summary);
}

}  // namespace vio::cli

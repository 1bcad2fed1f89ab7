#include "record_run.hpp"

#include "vio/annotate/record_table.hpp"
#include "vio/core/version.hpp"
#include "vio/pipeline/record_pipeline.hpp"

namespace vio::cli {

namespace {

sink::RecordTableOptions table_options(const RecordConfig& config) {
  return {config.output_path,
          is_compressed(config.format) ? sink::Compression::bgzf : sink::Compression::none,
          config.threads};
}

sink::AlignmentFormat alignment_format(OutputFormat format) {
  if (format == OutputFormat::bam) return sink::AlignmentFormat::bam;
  return format == OutputFormat::cram ? sink::AlignmentFormat::cram : sink::AlignmentFormat::sam;
}

std::unique_ptr<sink::RecordOutput> open_output(const RecordConfig& config, const sam_hdr_t& header,
                                                const std::string& command, RunJob& job) {
  const auto& classes = job.model().spec.classes;
  if (config.by_region) {
    return sink::open_region_table(table_options(config), classes, job.temporaries());
  }
  if (is_table(config.format)) {
    return sink::open_read_table(table_options(config), classes, job.temporaries());
  }
  sink::AlignmentOutputOptions options;
  options.path = config.output_path;
  options.format = alignment_format(config.format);
  options.compressed = config.format == OutputFormat::compressed_sam;
  options.write_index = config.write_index;
  options.threads = config.threads;
  options.reference_path = config.reference_path;
  if (config.version_lines) {
    options.program_version = core::version();
    options.command = command;
  }
  return sink::open_alignment_output(options, header, classes, job.temporaries());
}

source::BatchBounds bounds_of(const RecordConfig& config, const engine::Engine& engine) {
  auto bounds = config.bounds;
  if (bounds.max_records == 0) {
    bounds.max_records = engine.preferred_batch();
    bounds.max_symbols = engine.preferred_symbols();
  }
  return bounds;
}

int run(const RecordConfig& config, source::RecordSource& source, engine::Engine& engine,
        sink::RecordOutput& output, RunJob& job) {
  const auto skipped = job.open_skipped(annotate::skipped_records_header());
  ProgressBar bar(!config.quiet);
  const auto summary = pipeline::run_records(
      {source, config.tiling, job.model().spec.alphabet, engine, output, skipped.get()},
      job.pipeline_options(bar));
  bar.clear();
  annotate::check_balance(summary.accounting);
  output.finish();
  if (skipped) skipped->finish();
  if (summary.records_filtered > 0) {
    job.log().info(
        "left out by flags or mapping quality: {} alignments (--exclude-flags 0 keeps secondary "
        "and "
        "supplementary ones)",
        summary.records_filtered);
  }
  return job.report(engine, source.format(), summary);
}

}  // namespace

int run_alignment_job(const RecordConfig& config, hts::Input input, const std::string& command,
                      RunJob& job) {
  // In the order in which a user's mistakes should be reported.
  source::check_selection(config.selection);
  const bool seeks = config.selection.wants_regions() || config.selection.shard;
  hts::AlignmentReader reader(std::move(input),
                              {seeks ? 1 : config.threads, config.reference_path});
  const auto engine = job.make_engine();
  source::AlignmentSourceOptions options;
  static_cast<source::Selection&>(options) = config.selection;
  options.filter = config.filter;
  options.by_region = config.by_region;
  options.bounds = bounds_of(config, *engine);
  const auto source = source::open_alignments(reader, options);
  const auto output = open_output(config, *reader.header(), command, job);
  return run(config, *source, *engine, *output, job);
}

int run_row_job(const RecordConfig& config, hts::Input input, RunJob& job) {
  source::TableSourceOptions options;
  options.sequence_column = config.sequence_column;
  options.threads = config.threads;
  options.bounds = config.bounds;
  if (options.bounds.max_records == 0) {
    constexpr std::size_t kRowsPerBatch = 64;
    options.bounds.max_records = kRowsPerBatch;
  }
  const auto source = source::open_table(std::move(input), options);
  for (const auto& note : source->notes()) job.log().info("{}", note);
  const std::string_view foreign = source->separator() == ',' ? ".tsv" : ".csv";
  if (config.output_path.find(foreign) != std::string::npos) {
    job.log().warn("{} gets the separators of the input, whatever its name says",
                   config.output_path);
  }
  const auto engine = job.make_engine();
  const auto output =
      sink::open_row_table(table_options(config),
                           {source->header(), source->separator(), std::string(source->line_end())},
                           job.model().spec.classes, job.temporaries());
  return run(config, *source, *engine, *output, job);
}

}  // namespace vio::cli

#include "sequence_config.hpp"

#include "output_format.hpp"
#include "vio/core/error.hpp"

namespace vio::cli {

namespace {

window::TilingOptions make_tiling(const ParsedOptions& options, const RunConfig& common) {
  window::TilingOptions tiling;
  tiling.window = common.window;
  tiling.stride =
      options.has("stride") ? options.integer("stride", 1, kLongestWindow) : tiling.window;
  tiling.min_length =
      options.has("min-len") ? options.integer("min-len", 1, kLongestWindow) : tiling.min_length;
  tiling.max_windows = common.batch_size;
  return tiling;
}

source::SourceOptions make_source(const RunConfig& common, bool by_sequence) {
  source::SourceOptions source;
  static_cast<source::Selection&>(source) = common.selection;
  source.window = common.window;
  source.shard_whole_units = by_sequence;
  source.threads = common.threads;
  return source;
}

sink::TableSinkOptions make_output(const ParsedOptions& options, const RunConfig& common,
                                   bool by_sequence) {
  const auto format = output_format(options, InputKind::sequences);
  sink::TableSinkOptions output;
  output.path = common.output_path;
  output.compression = is_compressed(format) ? sink::Compression::bgzf : sink::Compression::none;
  output.write_index = wants_index(options, format);
  output.threads = common.threads;
  if (output.write_index && by_sequence) {
    throw core::UsageError(
        "--write-index needs one row a window: rows of --by sequence have no coordinates");
  }
  return output;
}

}  // namespace

SequenceConfig make_sequence_config(const ParsedOptions& options, RunConfig common) {
  SequenceConfig config;
  static_cast<RunConfig&>(config) = std::move(common);
  config.by_sequence = options.text("by") == "sequence";
  config.tiling = make_tiling(options, config);
  config.source = make_source(config, config.by_sequence);
  return config;
}

void settle_output(const ParsedOptions& options, SequenceConfig& config) {
  refuse_options(
      options, {"fasta-ref", "regions-overlap", "contig-map", "ref-mismatch", "all-classes", "tag"},
      "is for variants, and the input is not VCF or BCF");
  refuse_options(options, {"min-mapq", "require-flags", "exclude-flags"},
                 "is for alignments, and the input is not SAM, BAM or CRAM");
  refuse_options(options, {"seq-column"}, "is for CSV and TSV, which the input is not");
  if (options.text("by") == "region") {
    throw core::UsageError(
        "--by region is for alignments; of sequences, -r and -R give a row a window of each "
        "region");
  }
  config.output = make_output(options, config, config.by_sequence);
}

}  // namespace vio::cli

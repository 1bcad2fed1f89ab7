#include "record_config.hpp"

#include <fmt/format.h>

#include "vio/core/error.hpp"
#include "vio/hts/sam_flags.hpp"

namespace vio::cli {

namespace {

using core::UsageError;

std::uint16_t flags_of(const ParsedOptions& options, std::string_view name,
                       std::uint16_t otherwise) {
  if (!options.has(name)) return otherwise;
  const auto flags = hts::parse_sam_flags(options.text(name));
  if (!flags) {
    throw UsageError(
        fmt::format("--{} takes SAM flags as a number or by name, such as 0x900 or "
                    "SECONDARY,SUPPLEMENTARY, not "
                    "'{}'",
                    name, options.text(name)));
  }
  return *flags;
}

source::ReadFilter make_filter(const ParsedOptions& options) {
  constexpr std::int64_t kHighestQuality = 255;
  source::ReadFilter filter;
  if (options.has("min-mapq")) {
    filter.min_mapping_quality = static_cast<int>(options.integer("min-mapq", 0, kHighestQuality));
  }
  filter.require_flags = flags_of(options, "require-flags", filter.require_flags);
  filter.exclude_flags = flags_of(options, "exclude-flags", filter.exclude_flags);
  return filter;
}

window::TilingOptions make_tiling(const ParsedOptions& options, const RunConfig& common) {
  window::TilingOptions tiling;
  tiling.window = common.window;
  tiling.stride =
      options.has("stride") ? options.integer("stride", 1, kLongestWindow) : tiling.window;
  tiling.min_length =
      options.has("min-len") ? options.integer("min-len", 1, kLongestWindow) : tiling.min_length;
  return tiling;
}

void check_alignment_options(const ParsedOptions& options, const RecordConfig& config) {
  refuse_options(options, {"seq-column"}, "is for CSV and TSV, and the input holds alignments");
  if (options.has("by") && options.text("by") == "window") {
    throw UsageError(
        "--by window is for sequences; reads get one row each, or one a region with --by region");
  }
  if (!config.by_region) return;
  if (!config.selection.wants_regions()) {
    throw UsageError("--by region needs regions: give them with -r or -R");
  }
  if (!is_table(config.format)) {
    throw UsageError("--by region gives a table: use -O t or -O z, and a name such as out.tsv");
  }
}

void check_row_options(const ParsedOptions& options, const RecordConfig& config) {
  refuse_options(options, {"fasta-ref", "min-mapq", "require-flags", "exclude-flags", "by"},
                 "is not for CSV or TSV, which the input is");
  if (config.selection.wants_regions() || config.selection.wants_targets() ||
      config.selection.shard) {
    throw UsageError(
        "rows of a CSV or TSV have no coordinates: regions, targets and --shard are for "
        "other inputs");
  }
}

}  // namespace

RecordConfig make_record_config(const ParsedOptions& options, RunConfig common, InputKind input) {
  refuse_options(options, {"regions-overlap", "contig-map", "ref-mismatch", "all-classes", "tag"},
                 "is for variants, and the input is not VCF or BCF");
  RecordConfig config;
  static_cast<RunConfig&>(config) = std::move(common);
  config.tiling = make_tiling(options, config);
  config.bounds.max_records = config.batch_size;
  config.format = output_format(options, input);
  config.write_index = wants_index(options, config.format);
  if (config.write_index && is_table(config.format)) {
    throw UsageError("tables of reads or rows have no index; leave out -W");
  }
  config.filter = make_filter(options);
  config.by_region = options.text("by") == "region";
  config.reference_path = options.text("fasta-ref");
  config.sequence_column = options.text("seq-column");
  if (input == InputKind::alignments) {
    check_alignment_options(options, config);
  } else {
    check_row_options(options, config);
  }
  return config;
}

}  // namespace vio::cli

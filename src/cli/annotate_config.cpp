#include "annotate_config.hpp"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <iterator>
#include <thread>

#include "vio/core/error.hpp"

namespace vio::cli {

namespace {

using core::UsageError;

constexpr std::int64_t kLongestWindow = 1'000'000'000;

source::Shard parse_shard(const std::string& text) {
  source::Shard shard;
  const auto* const end = text.data() + text.size();
  const auto [slash, index_error] = std::from_chars(text.data(), end, shard.index);
  const bool has_slash = index_error == std::errc() && slash != end && *slash == '/';
  bool is_valid = false;
  if (has_slash) {
    const auto [rest, count_error] = std::from_chars(slash + 1, end, shard.count);
    is_valid =
        count_error == std::errc() && rest == end && shard.index >= 1 && shard.count >= shard.index;
  }
  if (!is_valid) {
    throw UsageError(
        fmt::format("--shard takes I/N with 1 <= I <= N, such as 2/10, not '{}'", text));
  }
  return shard;
}

int thread_count(const ParsedOptions& options) {
  constexpr int kMostThreads = 1024;
  const auto wanted = static_cast<int>(options.integer("threads", 0, kMostThreads));
  return wanted > 0 ? wanted : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

window::TilingOptions make_tiling(const ParsedOptions& options, const model::Spec& spec) {
  window::TilingOptions tiling;
  tiling.window =
      options.has("window") ? options.integer("window", 1, kLongestWindow) : spec.window;
  if (spec.fixed_window && tiling.window > spec.window) {
    throw UsageError(fmt::format(
        "--window {} is more than this model takes: it was trained on windows of {} positions; use "
        "--window {} or less",
        tiling.window, spec.window, spec.window));
  }
  tiling.stride =
      options.has("stride") ? options.integer("stride", 1, kLongestWindow) : tiling.window;
  tiling.min_length = options.integer("min-len", 1, kLongestWindow);
  constexpr std::int64_t kLargestBatch = 1 << 20;
  tiling.max_windows = static_cast<std::size_t>(options.integer("batch-size", 0, kLargestBatch));
  return tiling;
}

source::SourceOptions make_source(const ParsedOptions& options) {
  source::SourceOptions source;
  if (!options.positional().empty()) {
    source.path = options.positional().front();
  }
  source.regions = options.all("regions");
  source.regions_file = options.text("regions-file");
  source.targets = options.all("targets");
  source.targets_file = options.text("targets-file");
  const auto sets_given = static_cast<int>(!source.regions.empty()) + !source.regions_file.empty() +
                          !source.targets.empty() + !source.targets_file.empty();
  if (sets_given > 1) {
    throw UsageError(
        "only one of --regions, --regions-file, --targets and --targets-file can be given");
  }
  if (options.has("shard")) {
    source.shard = parse_shard(options.text("shard"));
  }
  return source;
}

bool has_suffix(const std::string& text, std::string_view suffix) {
  return text.ends_with(suffix);
}

sink::TableSinkOptions make_output(const ParsedOptions& options, bool by_sequence) {
  sink::TableSinkOptions output;
  output.path = options.text("output");
  const auto type = options.text("output-type");
  const bool compressed =
      type == "z" ||
      (type.empty() && (has_suffix(output.path, ".gz") || has_suffix(output.path, ".bgz")));
  output.compression = compressed ? sink::Compression::bgzf : sink::Compression::none;
  output.write_index = options.has("write-index");
  if (output.write_index && (!compressed || output.path == "-")) {
    throw UsageError(
        "--write-index needs a bgzip-compressed output file: give -o FILE.tsv.gz, or -O z and -o "
        "FILE");
  }
  if (output.write_index && by_sequence) {
    throw UsageError(
        "--write-index needs one row a window: rows of --by sequence have no coordinates");
  }
  return output;
}

annotate::Strand parse_strand(const std::string& text, const model::Spec& spec) {
  if (text == "forward") {
    return annotate::Strand::forward;
  }
  if (!spec.alphabet.has_complement()) {
    throw UsageError(
        fmt::format("--strand {} needs a complement, which the {} alphabet of this "
                    "model does not have; use --strand forward",
                    text, spec.alphabet.name()));
  }
  return text == "reverse" ? annotate::Strand::reverse : annotate::Strand::both;
}

/// An output that replaced its own input, or another output, would lose data.
void check_paths_differ(const AnnotateConfig& config) {
  namespace fs = std::filesystem;
  const std::string* const outputs[] = {&config.output.path, &config.stats_path,
                                        &config.skipped_path};
  for (std::size_t i = 0; i < std::size(outputs); ++i) {
    std::error_code ignored;  // a file that does not exist is no other file
    const auto& output = *outputs[i];
    if (!output.empty() && fs::is_regular_file(output, ignored) &&
        fs::equivalent(output, config.source.path, ignored)) {
      throw UsageError(fmt::format("{} is the input; name another file for the output", output));
    }
    for (std::size_t k = 0; k < i; ++k) {
      if (!output.empty() && output == *outputs[k] && !output.starts_with("/dev/")) {
        throw UsageError(fmt::format("two outputs go to {}; give each a file of its own",
                                     output == "-" ? "standard output" : output));
      }
    }
  }
}

}  // namespace

AnnotateConfig make_config(const ParsedOptions& options, const model::Spec& spec) {
  AnnotateConfig config;
  config.by_sequence = options.text("by") == "sequence";
  config.strand = parse_strand(options.text("strand"), spec);
  config.threads = thread_count(options);
  config.tiling = make_tiling(options, spec);
  config.source = make_source(options);
  config.source.window = config.tiling.window;
  config.source.shard_whole_units = config.by_sequence;
  config.source.threads = config.threads;
  config.engine = options.text("engine");
  config.engine_options = {options.text("device"), config.tiling.max_windows, config.threads};
  config.output = make_output(options, config.by_sequence);
  config.output.threads = config.threads;
  config.stats_path = options.text("stats");
  config.skipped_path = options.text("skipped");
  config.max_skipped_fraction = options.number("max-skipped-frac", 0.0, 1.0);
  config.quiet = options.has("quiet");
  check_paths_differ(config);
  return config;
}

}  // namespace vio::cli

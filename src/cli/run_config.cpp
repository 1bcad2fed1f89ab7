#include "run_config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <thread>

#include "vio/core/error.hpp"

namespace vio::cli {

namespace {

using core::UsageError;

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

std::int64_t window_length(const ParsedOptions& options, const model::Spec& spec) {
  const auto window =
      options.has("window") ? options.integer("window", 1, kLongestWindow) : spec.window;
  if (spec.fixed_window && window > spec.window) {
    throw UsageError(fmt::format(
        "--window {} is more than this model takes: it was trained on windows of {} positions; use "
        "--window {} or less",
        window, spec.window, spec.window));
  }
  return window;
}

source::Selection make_selection(const ParsedOptions& options) {
  source::Selection selection;
  if (!options.positional().empty()) {
    selection.path = options.positional().front();
  }
  selection.regions = options.all("regions");
  selection.regions_file = options.text("regions-file");
  selection.targets = options.all("targets");
  selection.targets_file = options.text("targets-file");
  const auto sets_given = static_cast<int>(!selection.regions.empty()) +
                          !selection.regions_file.empty() + !selection.targets.empty() +
                          !selection.targets_file.empty();
  if (sets_given > 1) {
    throw UsageError(
        "only one of --regions, --regions-file, --targets and --targets-file can be given");
  }
  if (options.has("shard")) {
    selection.shard = parse_shard(options.text("shard"));
  }
  return selection;
}

std::map<std::string, std::string> deciding_options(const ParsedOptions& options) {
  constexpr std::string_view kNames[] = {
      "fasta-ref",    "regions",        "regions-file",  "targets",       "targets-file",
      "contig-map",   "window",         "stride",        "min-len",       "by",
      "strand",       "min-mapq",       "require-flags", "exclude-flags", "seq-column",
      "ref-mismatch", "regions-overlap"};
  std::map<std::string, std::string> given;
  for (const auto name : kNames) {
    if (options.has(name)) {
      given[std::string(name)] = fmt::format("{}", fmt::join(options.all(name), ","));
    }
  }
  return given;
}

/// One spelling of a path that names a file; others as they are.
std::string spelled_once(const std::string& path) {
  std::error_code error;
  const auto whole = std::filesystem::weakly_canonical(path, error);
  return path == "-" || error ? path : whole.string();
}

bool may_be_shared(const std::string& path) {
  return path.starts_with("/dev/") && path != "/dev/stdout";
}

}  // namespace

RunConfig make_run_config(const ParsedOptions& options, const model::Spec& spec) {
  constexpr std::int64_t kLargestBatch = 1 << 20;
  RunConfig config;
  config.selection = make_selection(options);
  config.window = window_length(options, spec);
  config.strand = core::parse_strand(options.text("strand"), spec.alphabet);
  config.threads = thread_count(options);
  config.batch_size = static_cast<std::size_t>(options.integer("batch-size", 0, kLargestBatch));
  config.engine = options.text("engine");
  config.engine_options = {options.text("device"), config.batch_size, config.threads};
  config.output_path = options.text("output");
  config.reports = report_paths(options, options.text("stats"));
  config.sample = options.text("sample");
  config.skipped_path = options.text("skipped");
  config.max_skipped_fraction = options.number("max-skipped-frac", 0.0, 1.0);
  config.version_lines = !options.has("no-version");
  config.quiet = options.has("quiet");
  config.deciding_options = deciding_options(options);
  return config;
}

ReportPaths report_paths(const ParsedOptions& options, std::string stats) {
  ReportPaths paths{std::move(stats), options.text("report"), options.text("mqc")};
  if (!paths.multiqc.empty()) static_cast<void>(stats::multiqc_paths(paths.multiqc));
  return paths;
}

std::vector<std::string> output_paths(const RunConfig& config) {
  auto outputs = config.reports.files();
  outputs.push_back(config.skipped_path);
  outputs.push_back(config.output_path);
  return outputs;
}

void check_paths_differ(const std::vector<std::string>& outputs,
                        const std::vector<std::string>& inputs) {
  namespace fs = std::filesystem;
  for (auto output = outputs.begin(); output != outputs.end(); ++output) {
    if (output->empty()) continue;
    std::error_code ignored;  // a file that does not exist is no other file
    for (const auto& input : inputs) {
      if (fs::is_regular_file(*output, ignored) && fs::equivalent(*output, input, ignored)) {
        throw UsageError(
            fmt::format("{} is read in this run; name another file for the output", *output));
      }
    }
    const auto spelled = spelled_once(*output);
    const bool twice = std::any_of(outputs.begin(), output, [&](const std::string& other) {
      return !other.empty() && spelled_once(other) == spelled;
    });
    if (twice && !may_be_shared(*output)) {
      throw UsageError(fmt::format("two outputs go to {}; give each a file of its own",
                                   *output == "-" ? "standard output" : *output));
    }
  }
}

void refuse_options(const ParsedOptions& options, std::initializer_list<std::string_view> names,
                    std::string_view reason) {
  for (const auto name : names) {
    if (options.has(name)) throw UsageError(fmt::format("--{} {}", name, reason));
  }
}

}  // namespace vio::cli

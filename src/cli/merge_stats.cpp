#include "merge_stats.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "run_config.hpp"
#include "signals.hpp"
#include "summary_line.hpp"
#include "vio/core/error.hpp"

namespace vio::cli {

namespace {

using core::UsageError;

/// Options of scoring mean nothing here, and whoever gives one expects something else.
void refuse_others(const ParsedOptions& options, const Program& program) {
  constexpr std::string_view kTaken[] = {"merge-stats", "report", "mqc",    "sample",
                                         "no-version",  "quiet",  "verbose"};
  for (const auto& group : program.groups) {
    for (const auto& option : group.options) {
      const bool given =
          options.has(option.name) &&
          (option.default_value.empty() || options.text(option.name) != option.default_value);
      if (given && std::ranges::find(kTaken, option.name) == std::end(kTaken)) {
        throw UsageError(
            fmt::format("--{} does not go with --merge-stats, which scores nothing", option.name));
      }
    }
  }
}

stats::StatsFile read_stats(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file.is_open() || file.bad()) {
    throw UsageError(fmt::format("cannot read the stats file {}; check its name", path));
  }
  return {path, stats::from_json(text, path)};
}

/// Parts of one input are called as their input, others as what is written.
std::string merged_sample(const std::vector<stats::StatsFile>& parts, const ReportPaths& paths) {
  const auto& first = parts.front().stats.sample;
  const bool alike = std::ranges::all_of(
      parts, [&](const stats::StatsFile& part) { return part.stats.sample == first; });
  const auto name = stats::sample_name(paths.stats);
  return alike || name.empty() ? first : name;
}

}  // namespace

int merge_stats(const ParsedOptions& options, const Program& program, const std::string& command,
                spdlog::logger& log) {
  refuse_others(options, program);
  const auto& inputs = options.positional();
  if (inputs.empty()) {
    throw UsageError(
        "--merge-stats needs the stats files of the parts: vio-annotate --merge-stats all.json "
        "part1.json part2.json");
  }
  const auto paths = report_paths(options, options.text("merge-stats"));
  check_paths_differ(paths.files(), inputs);
  sink::TemporaryFiles temporaries;
  const SignalGuard signals(temporaries);
  ReportFiles reports(paths, temporaries);
  std::vector<stats::StatsFile> parts;
  parts.reserve(inputs.size());
  for (const auto& path : inputs) parts.push_back(read_stats(path));
  const auto sample = options.has("sample") ? options.text("sample") : merged_sample(parts, paths);
  auto whole = stats::merge(std::move(parts));
  whole.sample = sample;
  whole.command = command;
  reports.write(whole,
                options.has("no-version") ? stats::RunSection::left_out : stats::RunSection::shown);
  log.info("{} merged: {}", inputs.size(), summary_line(whole));
  return static_cast<int>(core::ExitCode::ok);
}

}  // namespace vio::cli

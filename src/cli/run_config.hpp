#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "report_files.hpp"
#include "vio/annotate/table.hpp"
#include "vio/cli/parse.hpp"
#include "vio/engine/engine.hpp"
#include "vio/model/spec.hpp"
#include "vio/source/selection.hpp"

namespace vio::cli {

/// The longest window that --window takes, positions.
inline constexpr std::int64_t kLongestWindow = 1'000'000'000;

/// What every run of vio-annotate is told, whatever its input; checked once, nothing below looks at
/// options again.
struct RunConfig {
  source::Selection selection;
  std::int64_t window = 0;  ///< positions
  annotate::Strand strand = annotate::Strand::forward;
  int threads = 1;
  std::size_t batch_size = 0;  ///< windows; 0: the engine's choice
  std::string engine;
  engine::EngineOptions engine_options;
  std::string output_path = "-";
  ReportPaths reports;
  std::string sample;        ///< what they call the run; empty: as its input
  std::string skipped_path;  ///< empty: none
  double max_skipped_fraction = 1;
  bool version_lines = true;  ///< version and command may stand in outputs
  bool quiet = false;
  /// Options that decide the numbers, as they were given; for the stats.
  std::map<std::string, std::string> deciding_options;
};

/// Throws core::UsageError where options contradict each other or the model.
[[nodiscard]] RunConfig make_run_config(const ParsedOptions& options, const model::Spec& spec);

/// Throws core::UsageError where one of `outputs` would replace a file of `inputs`, or two outputs
/// are one file. Empty names are no files.
void check_paths_differ(const std::vector<std::string>& outputs,
                        const std::vector<std::string>& inputs);

/// What a run over `config` writes.
[[nodiscard]] std::vector<std::string> output_paths(const RunConfig& config);

/// Paths of the reports that the options ask for; `stats` is that of the JSON.
[[nodiscard]] ReportPaths report_paths(const ParsedOptions& options, std::string stats);

/// Throws core::UsageError where one of `names` was given: `reason` says why it cannot be.
void refuse_options(const ParsedOptions& options, std::initializer_list<std::string_view> names,
                    std::string_view reason);

}  // namespace vio::cli

#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

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
  std::string stats_path;    ///< empty: none
  std::string skipped_path;  ///< empty: none
  double max_skipped_fraction = 1;
  bool quiet = false;
};

/// Throws core::UsageError where options contradict each other or the model.
[[nodiscard]] RunConfig make_run_config(const ParsedOptions& options, const model::Spec& spec);

/// Throws core::UsageError where an output would replace a file that is read, or two outputs are
/// one file.
void check_paths_differ(const RunConfig& config, const std::vector<std::string>& inputs);

/// Throws core::UsageError where one of `names` was given: `reason` says why it cannot be.
void refuse_options(const ParsedOptions& options, std::initializer_list<std::string_view> names,
                    std::string_view reason);

}  // namespace vio::cli

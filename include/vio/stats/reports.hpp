#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vio/stats/run_stats.hpp"

namespace vio::stats {

/// What a page may say about the run itself: times, memory, threads, versions and the command
/// differ from run to run over one input.
enum class RunSection : std::uint8_t { shown, left_out };

/// One self-contained HTML page about a run (--report). Without the section about the run itself it
/// depends on the input, the model and the options alone.
[[nodiscard]] std::string report_page(const RunStats& stats, RunSection run);

/// A file of custom content that MultiQC finds by its name.
struct MultiqcFile {
  std::string path;
  std::string text;
};

/// Names of the files that --mqc writes, for messages and clashes: the classes under `path` itself,
/// which ends in `_mqc.tsv`, then what was skipped and the run beside it, `x_skipped_mqc.tsv` and
/// `x_run_mqc.tsv` of `x_mqc.tsv`. Throws core::UsageError for another ending.
[[nodiscard]] std::vector<std::string> multiqc_paths(const std::string& path);

/// Their contents, in the order of multiqc_paths(): a bar graph of classes, one of reasons, a table
/// of counts and rates; one row, of the stats' sample.
[[nodiscard]] std::vector<MultiqcFile> multiqc_files(const RunStats& stats,
                                                     const std::string& path);

/// What reports call a file: its name without its folder and without the suffixes of formats and
/// compression. Empty for `-`.
[[nodiscard]] std::string sample_name(std::string_view path);

}  // namespace vio::stats

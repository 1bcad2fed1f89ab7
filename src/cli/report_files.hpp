#pragma once

#include <memory>
#include <string>
#include <vector>

#include "vio/sink/output_target.hpp"
#include "vio/stats/reports.hpp"

namespace vio::cli {

/// Which reports of a run are wanted, by the names of their files; empty: not that one.
struct ReportPaths {
  std::string stats;    ///< --stats, or what --merge-stats names
  std::string page;     ///< --report
  std::string multiqc;  ///< --mqc

  [[nodiscard]] bool any() const noexcept {
    return !stats.empty() || !page.empty() || !multiqc.empty();
  }
  /// Every file that will be written.
  [[nodiscard]] std::vector<std::string> files() const;
};

/// The files that tell about a run. Their places are taken when it begins, so that a folder that
/// isn't there is no surprise at its end; they are written when it has ended, and appear together.
class ReportFiles {
 public:
  /// Throws core::UsageError where a file cannot be created, or a name is not one that MultiQC
  /// finds.
  ReportFiles(ReportPaths paths, sink::TemporaryFiles& temporaries);

  /// Throws core::OutputError, core::ClosedPipe.
  void write(const stats::RunStats& stats, stats::RunSection run);

 private:
  using Targets = std::vector<std::unique_ptr<sink::OutputTarget>>;

  ReportPaths paths_;
  Targets targets_;  // in the order of paths_.files()
};

}  // namespace vio::cli

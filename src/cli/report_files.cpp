#include "report_files.hpp"

#include "vio/sink/byte_sink.hpp"

namespace vio::cli {

std::vector<std::string> ReportPaths::files() const {
  std::vector<std::string> files;
  if (!stats.empty()) files.push_back(stats);
  if (!page.empty()) files.push_back(page);
  if (!multiqc.empty()) {
    const auto names = stats::multiqc_paths(multiqc);
    files.insert(files.end(), names.begin(), names.end());
  }
  return files;
}

ReportFiles::ReportFiles(ReportPaths paths, sink::TemporaryFiles& temporaries)
    : paths_(std::move(paths)) {
  for (const auto& file : paths_.files()) {
    targets_.push_back(std::make_unique<sink::OutputTarget>(file, temporaries));
  }
}

void ReportFiles::write(const stats::RunStats& stats, stats::RunSection run) {
  std::vector<std::string> texts;
  if (!paths_.stats.empty()) texts.push_back(stats::to_json(stats));
  if (!paths_.page.empty()) texts.push_back(stats::report_page(stats, run));
  if (!paths_.multiqc.empty()) {
    for (auto& file : stats::multiqc_files(stats, paths_.multiqc)) {
      texts.push_back(std::move(file.text));
    }
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto bytes = sink::open_byte_sink(*targets_[i], sink::Compression::none, 1);
    bytes->write(texts[i]);
    bytes->finish();
  }
  for (const auto& target : targets_) target->commit();
}

}  // namespace vio::cli

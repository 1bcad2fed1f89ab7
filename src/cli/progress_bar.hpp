#pragma once

#include <chrono>
#include <string>

#include "vio/pipeline/run.hpp"

namespace vio::cli {

/// One line on standard error that shows what has been read, the rate and the time left; only where
/// standard error is a terminal.
class ProgressBar {
 public:
  explicit ProgressBar(bool wanted);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  [[nodiscard]] bool is_shown() const noexcept { return shown_; }
  void update(const pipeline::Progress& progress);
  /// Wipes the line, so that messages start on a clean one.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  bool shown_;
  bool dirty_ = false;
  Clock::time_point began_ = Clock::now();
  Clock::time_point last_ = began_;
};

/// The text of the line, without control characters: `12.3 MB of 45.6 MB (27 %), 1,234 windows,
/// ...`
[[nodiscard]] std::string progress_text(const pipeline::Progress& progress, double seconds);

}  // namespace vio::cli

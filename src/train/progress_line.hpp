#pragma once

#include <chrono>

#include "vio/train/trainer.hpp"

namespace vio::train {

/// What a person sees while a network learns, on standard error: on a terminal one line that is
/// rewritten, and a line for every epoch that ended. One caller.
class ProgressLine {
 public:
  explicit ProgressLine(bool quiet);

  void show(const FitProgress& progress);
  void end_epoch(const EpochLog& log, int epochs);
  /// Leaves the cursor at the start of an empty line.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  bool quiet_;
  bool terminal_;
  bool dirty_ = false;
  Clock::time_point next_;
};

}  // namespace vio::train

#include "train/progress_line.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace vio::train {

namespace {

constexpr auto kRefresh = std::chrono::milliseconds(200);
constexpr std::string_view kClearLine = "\r\033[K";

std::string duration(double seconds) {
  const long whole = std::lround(seconds);
  return whole < 3600 ? fmt::format("{}:{:02}", whole / 60, whole % 60)
                      : fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

}  // namespace

ProgressLine::ProgressLine(bool quiet)
    : quiet_(quiet), terminal_(isatty(STDERR_FILENO) == 1), next_(Clock::now()) {}

void ProgressLine::show(const FitProgress& progress) {
  if (quiet_ || !terminal_ || Clock::now() < next_) {
    return;
  }
  next_ = Clock::now() + kRefresh;
  dirty_ = true;
  fmt::print(
      stderr, "{}epoch {}/{}  {:3.0f} %  loss {:.4f}  accuracy {:.4f}  {:.0f} seq/s  {} left",
      kClearLine, progress.epoch, progress.epochs,
      100.0 * static_cast<double>(progress.rows_done) / static_cast<double>(progress.rows_total),
      progress.loss, progress.accuracy, progress.rows_per_second, duration(progress.seconds_left));
  std::fflush(stderr);
}

void ProgressLine::end_epoch(const EpochLog& log, int epochs) {
  if (quiet_) {
    return;
  }
  clear();
  fmt::print(stderr, "epoch {}/{}  loss {:.4f}  accuracy {:.4f}", log.epoch, epochs, log.train_loss,
             log.train_accuracy);
  if (log.validation_loss && log.validation_accuracy) {
    fmt::print(stderr, "  validation loss {:.4f}  accuracy {:.4f}", *log.validation_loss,
               *log.validation_accuracy);
  }
  fmt::print(stderr, "  {:.1f} s\n", log.seconds);
}

void ProgressLine::clear() {
  if (dirty_) {
    fmt::print(stderr, "{}", kClearLine);
    dirty_ = false;
  }
}

}  // namespace vio::train

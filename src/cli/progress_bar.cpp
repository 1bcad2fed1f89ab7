#include "progress_bar.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace vio::cli {

namespace {

constexpr double kMegabyte = 1e6;
constexpr auto kInterval = std::chrono::milliseconds(100);

std::string duration_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(seconds);
  return fmt::format("{:d}:{:02d}:{:02d}", whole / 3600, whole / 60 % 60, whole % 60);
}

}  // namespace

std::string progress_text(const pipeline::Progress& progress, double seconds) {
  const double done = static_cast<double>(progress.read.bytes);
  auto text = fmt::format("{:.1f} MB", done / kMegabyte);
  const double total = static_cast<double>(progress.read.total_bytes.value_or(0));
  if (total > 0) {
    text += fmt::format(" of {:.1f} MB ({:.0f} %)", total / kMegabyte,
                        std::min(100.0, 100 * done / total));
  }
  text += fmt::format(", {} windows, {:.0f} windows/s", progress.windows_done,
                      static_cast<double>(progress.windows_done) / std::max(seconds, 1e-9));
  if (total > 0 && done > 0) {
    text += fmt::format(", {} left", duration_text(seconds * std::max(0.0, total - done) / done));
  }
  return text;
}

ProgressBar::ProgressBar(bool wanted) : shown_(wanted && ::isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
  clear();
}

void ProgressBar::update(const pipeline::Progress& progress) {
  const auto now = Clock::now();
  if (!shown_ || now - last_ < kInterval) {
    return;
  }
  last_ = now;
  dirty_ = true;
  const double seconds = std::chrono::duration<double>(now - began_).count();
  fmt::print(stderr, "\r\033[K{}", progress_text(progress, seconds));
  std::fflush(stderr);
}

void ProgressBar::clear() {
  if (dirty_) {
    fmt::print(stderr, "\r\033[K");
    std::fflush(stderr);
    dirty_ = false;
  }
}

}  // namespace vio::cli

#pragma once

#include <csignal>

namespace vio::train {

/// While it lives, the first SIGINT or SIGTERM only sets a flag, so that what was done can be
/// saved; the second ends the program at once. One at a time.
class InterruptGuard {
 public:
  InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  ~InterruptGuard();

  /// The signal that came, or 0.
  [[nodiscard]] int signal() const noexcept;

 private:
  struct sigaction old_interrupt_ {};
  struct sigaction old_terminate_ {};
};

}  // namespace vio::train

#pragma once

#include <csignal>
#include <thread>

#include "vio/sink/temporary_files.hpp"

namespace vio::cli {

/// While it lives, SIGINT, SIGTERM and SIGHUP remove the temporary files and end the program with
/// 128 + n at once, even where a thread waits for input that never comes. Must be made before any
/// other thread, because threads inherit the signal mask. A signal that was ignored when the
/// program started (nohup, background jobs) stays ignored.
class SignalGuard {
 public:
  explicit SignalGuard(sink::TemporaryFiles& temporaries);
  SignalGuard(const SignalGuard&) = delete;
  SignalGuard& operator=(const SignalGuard&) = delete;
  ~SignalGuard();

 private:
  void wait_for_signal() noexcept;

  sink::TemporaryFiles& temporaries_;
  sigset_t signals_{};
  std::thread waiter_;
};

}  // namespace vio::cli

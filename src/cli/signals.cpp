#include "signals.hpp"

#include <fmt/format.h>
#include <pthread.h>
#include <unistd.h>

namespace vio::cli {

namespace {

constexpr int kStopWaiting = SIGUSR1;  // sent by the destructor to the waiting thread only
constexpr int kSignalExitBase = 128;

bool is_ignored(int signal_number) {
  struct sigaction current {};
  return sigaction(signal_number, nullptr, &current) == 0 && current.sa_handler == SIG_IGN;
}

}  // namespace

SignalGuard::SignalGuard(sink::TemporaryFiles& temporaries) : temporaries_(temporaries) {
  // A write to a closed pipe is an error that the sink reports, not a signal.
  std::signal(SIGPIPE, SIG_IGN);
  sigemptyset(&signals_);
  sigaddset(&signals_, kStopWaiting);
  for (const int signal_number : {SIGINT, SIGTERM, SIGHUP}) {
    if (!is_ignored(signal_number)) {
      sigaddset(&signals_, signal_number);
    }
  }
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  waiter_ = std::thread([this] { wait_for_signal(); });
}

SignalGuard::~SignalGuard() {
  pthread_kill(waiter_.native_handle(), kStopWaiting);
  waiter_.join();
}

void SignalGuard::wait_for_signal() noexcept {
  int signal_number = 0;
  if (sigwait(&signals_, &signal_number) != 0 || signal_number == kStopWaiting) {
    return;
  }
  temporaries_.remove_all();
  const auto message =
      fmt::format("vio-annotate: error: stopped by signal {} ({}); no unfinished file was left\n",
                  signal_number, sigabbrev_np(signal_number));
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, message.data(), message.size());
  _exit(kSignalExitBase + signal_number);
}

}  // namespace vio::cli

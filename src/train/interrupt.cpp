#include "train/interrupt.hpp"

namespace vio::train {

namespace {

// A signal handler reaches nothing but static storage.
volatile std::sig_atomic_t received = 0;

void note_signal(int signal) {
  received = signal;
}

void install(int signal, struct sigaction& old) {
  struct sigaction action {};
  action.sa_handler = note_signal;
  sigemptyset(&action.sa_mask);
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(signal, &action, &old);
  if (old.sa_handler == SIG_IGN) {
    // Whoever started the program wants it to live on (nohup, a job in the background).
    sigaction(signal, &old, nullptr);
  }
}

}  // namespace

InterruptGuard::InterruptGuard() {
  received = 0;
  install(SIGINT, old_interrupt_);
  install(SIGTERM, old_terminate_);
}

InterruptGuard::~InterruptGuard() {
  sigaction(SIGINT, &old_interrupt_, nullptr);
  sigaction(SIGTERM, &old_terminate_, nullptr);
}

int InterruptGuard::signal() const noexcept {
  return received;
}

}  // namespace vio::train

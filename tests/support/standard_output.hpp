#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <stdexcept>

namespace vio::test {

/// Standard output is a pipe that nobody reads while this lives.
class BrokenStandardOutput {
 public:
  BrokenStandardOutput() : handler_(std::signal(SIGPIPE, SIG_IGN)), saved_(::dup(STDOUT_FILENO)) {
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe for the test");
    ::close(ends[0]);
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[1]);
  }
  BrokenStandardOutput(const BrokenStandardOutput&) = delete;
  BrokenStandardOutput& operator=(const BrokenStandardOutput&) = delete;
  ~BrokenStandardOutput() {
    ::dup2(saved_, STDOUT_FILENO);
    ::close(saved_);
    std::signal(SIGPIPE, handler_);
  }

 private:
  void (*handler_)(int);
  int saved_;
};

/// Standard output is a file while this lives.
class RedirectedStandardOutput {
 public:
  explicit RedirectedStandardOutput(const std::filesystem::path& file)
      : saved_(::dup(STDOUT_FILENO)) {
    const int opened = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (opened < 0) throw std::runtime_error("cannot write " + file.string());
    ::dup2(opened, STDOUT_FILENO);
    ::close(opened);
  }
  RedirectedStandardOutput(const RedirectedStandardOutput&) = delete;
  RedirectedStandardOutput& operator=(const RedirectedStandardOutput&) = delete;
  ~RedirectedStandardOutput() {
    ::dup2(saved_, STDOUT_FILENO);
    ::close(saved_);
  }

 private:
  int saved_;
};

}  // namespace vio::test

#include "plain_sink.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "write_error.hpp"

namespace vio::sink {

namespace {

constexpr std::size_t kBufferBytes = 1 << 16;

int open_descriptor(const OutputTarget& target) {
  if (target.is_stdout()) {
    return ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
  }
  return ::open(target.write_path().c_str(), O_WRONLY | O_CLOEXEC);
}

}  // namespace

PlainSink::PlainSink(const OutputTarget& target) : target_(target), file_(open_descriptor(target)) {
  if (file_ < 0) {
    throw_write_error(target_, errno);
  }
}

PlainSink::~PlainSink() {
  if (file_ >= 0) {
    ::close(file_);
  }
}

void PlainSink::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() >= kBufferBytes) {
    flush();
  }
}

void PlainSink::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const auto written = ::write(file_, rest.data(), rest.size());
    if (written < 0) {
      if (errno == EINTR) {
        continue;
      }
      throw_write_error(target_, errno);
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
}

void PlainSink::finish() {
  flush();
  // A full network disk may tell only now.
  if (target_.is_temporary() && ::fsync(file_) != 0) {
    throw_write_error(target_, errno);
  }
  const int closed = ::close(file_);
  file_ = -1;
  if (closed != 0) {
    throw_write_error(target_, errno);
  }
}

}  // namespace vio::sink

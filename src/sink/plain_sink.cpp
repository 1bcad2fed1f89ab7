#include "plain_sink.hpp"

#include <unistd.h>

#include <cerrno>

#include "write_error.hpp"

namespace vio::sink {

namespace {
constexpr std::size_t kBufferBytes = 1 << 16;
}  // namespace

void PlainSink::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() >= kBufferBytes) {
    flush();
  }
}

void PlainSink::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const auto written = ::write(file_.number(), rest.data(), rest.size());
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
  file_.finish();
}

}  // namespace vio::sink

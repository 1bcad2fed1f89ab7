#include "hts_stream.hpp"

#include <fcntl.h>
#include <htslib/hfile.h>
#include <unistd.h>

#include <cerrno>

#include "write_error.hpp"

namespace vio::sink {

HtsStream::HtsStream(const OutputTarget& target)
    : target_(target),
      descriptor_(target),
      copy_(descriptor_.duplicate()),
      stream_(hdopen(copy_, "w")) {
  if (stream_ == nullptr) {
    const int error = errno;
    ::close(copy_);
    throw_write_error(target_, error);
  }
}

void HtsStream::fail() const {
  // HTSlib's own threads keep their errno to themselves.
  const int of_stream = herrno(stream_);
  throw_write_error(target_, of_stream != 0 ? of_stream : errno);
}

void HtsStream::discard_rest() const noexcept {
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0) {
    ::dup3(nowhere, copy_, O_CLOEXEC);
    ::close(nowhere);
  }
}

}  // namespace vio::sink

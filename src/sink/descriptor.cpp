#include "descriptor.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "write_error.hpp"

namespace vio::sink {

namespace {

int duplicate_of(int number) {
  return ::fcntl(number, F_DUPFD_CLOEXEC, 0);
}

int open_target(const OutputTarget& target) {
  if (target.is_stdout()) {
    return duplicate_of(STDOUT_FILENO);
  }
  return ::open(target.write_path().c_str(), O_WRONLY | O_CLOEXEC);
}

}  // namespace

Descriptor::Descriptor(const OutputTarget& target) : target_(target), number_(open_target(target)) {
  if (number_ < 0) {
    throw_write_error(target_, errno);
  }
}

Descriptor::~Descriptor() {
  if (number_ >= 0) {
    ::close(number_);
  }
}

int Descriptor::duplicate() const {
  const int copy = duplicate_of(number_);
  if (copy < 0) {
    throw_write_error(target_, errno);
  }
  return copy;
}

void Descriptor::finish() {
  if (target_.is_temporary() && ::fsync(number_) != 0) {
    throw_write_error(target_, errno);
  }
  const int closed = ::close(number_);
  number_ = -1;
  if (closed != 0) {
    throw_write_error(target_, errno);
  }
}

}  // namespace vio::sink

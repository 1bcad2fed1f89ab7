#pragma once

#include "vio/sink/output_target.hpp"

namespace vio::sink {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  /// Opens the target for writing; of standard output a copy, which may be closed. Throws as
  /// throw_write_error.
  explicit Descriptor(const OutputTarget& target);
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();

  [[nodiscard]] int number() const noexcept { return number_; }
  /// Another descriptor of the same open file, for an owner that closes it. Throws likewise.
  [[nodiscard]] int duplicate() const;
  /// Waits for a file's bytes to reach the disk, because a full network disk may tell only now, and
  /// closes. Throws likewise.
  void finish();

 private:
  const OutputTarget& target_;
  int number_;
};

}  // namespace vio::sink

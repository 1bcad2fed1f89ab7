#pragma once

#include "descriptor.hpp"
#include "vio/sink/output_target.hpp"

struct hFILE;

namespace vio::sink {

/// HTSlib's stream on a descriptor of ours: to HTSlib itself, a name such as `s3:x` would be a URL.
class HtsStream {
 public:
  /// Throws as throw_write_error.
  explicit HtsStream(const OutputTarget& target);

  /// Whoever takes it closes it, and may ask this object about it until then.
  [[nodiscard]] hFILE* get() const noexcept { return stream_; }
  /// Throws what a failed call of HTSlib on the stream means.
  [[noreturn]] void fail() const;
  /// What is still to be written goes nowhere: closing what was given up would put the end of a
  /// whole file on it.
  void discard_rest() const noexcept;
  /// To be called once the stream was closed. Throws as throw_write_error.
  void finish() { descriptor_.finish(); }

 private:
  const OutputTarget& target_;
  Descriptor descriptor_;
  int copy_;  // the stream's own
  hFILE* stream_;
};

}  // namespace vio::sink

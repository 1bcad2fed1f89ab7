#pragma once

#include <string>

#include "descriptor.hpp"
#include "vio/sink/byte_sink.hpp"

namespace vio::sink {

/// Uncompressed bytes to a file descriptor.
class PlainSink final : public ByteSink {
 public:
  explicit PlainSink(const OutputTarget& target) : target_(target), file_(target) {}

  void write(std::string_view bytes) override;
  void flush() override;
  void finish() override;

 private:
  const OutputTarget& target_;
  Descriptor file_;
  std::string buffer_;
};

}  // namespace vio::sink

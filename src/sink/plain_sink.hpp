#pragma once

#include <string>

#include "vio/sink/byte_sink.hpp"

namespace vio::sink {

/// Uncompressed bytes to a file descriptor.
class PlainSink final : public ByteSink {
 public:
  explicit PlainSink(const OutputTarget& target);
  ~PlainSink() override;

  void write(std::string_view bytes) override;
  void flush() override;
  void finish() override;

 private:
  const OutputTarget& target_;
  int file_;
  std::string buffer_;
};

}  // namespace vio::sink

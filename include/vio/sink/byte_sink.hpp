#pragma once

#include <memory>
#include <string_view>

#include "vio/sink/output_target.hpp"

namespace vio::sink {

/// Writes bytes, plain or BGZF-compressed, and reports every failure. Not thread-safe.
class ByteSink {
 public:
  ByteSink() = default;
  ByteSink(const ByteSink&) = delete;
  ByteSink& operator=(const ByteSink&) = delete;
  virtual ~ByteSink() = default;

  /// Throws core::OutputError (full disk), core::ClosedPipe (standard output's reader has gone).
  virtual void write(std::string_view bytes) = 0;
  /// Hands on what is buffered, so that a reader of a pipe sees it.
  virtual void flush() = 0;
  /// Writes what is left and closes; the last chance to fail. Throws as write().
  virtual void finish() = 0;
};

enum class Compression : std::uint8_t { none, bgzf };

/// `threads` compress BGZF blocks; the bytes do not depend on it.
[[nodiscard]] std::unique_ptr<ByteSink> open_byte_sink(const OutputTarget& target,
                                                       Compression compression, int threads);

}  // namespace vio::sink

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vio/hts/byte_reader.hpp"

namespace vio::source {

/// The lines of an input, in parts of bounded size: a line may be as long as a chromosome.
class TextReader {
 public:
  explicit TextReader(const hts::ByteReaderOptions& options);
  explicit TextReader(hts::ByteReader bytes);

  /// Part of one line, without its line break (LF or CR LF). Valid until the next call.
  struct Part {
    std::string_view bytes;
    bool ends_line = false;  ///< the line, or the input, ends after these bytes
  };

  /// The next byte, or -1 at the end of the input.
  [[nodiscard]] int peek();
  /// Consumes the byte that peek() returned, which is not a line break.
  char take_byte();
  /// At most `limit` (> 0) bytes of the current line.
  [[nodiscard]] Part part(std::size_t limit);
  /// The whole rest of the current line, which must not exceed `limit` bytes. Throws
  /// core::InputError otherwise.
  [[nodiscard]] std::string line(std::size_t limit);
  /// Skips a byte order mark; for the beginning of an input.
  void skip_byte_order_mark();
  /// Skips lines that are empty or hold blanks only.
  void skip_blank_lines();
  /// Continues at a byte of the decompressed content; lines are unknown from there on.
  void seek(std::uint64_t byte);

  /// Where the last part began, for messages: `line 12`, or `byte 3456` after a seek.
  [[nodiscard]] std::string place() const;
  /// Decompressed bytes consumed; the position of the next one.
  [[nodiscard]] std::uint64_t position() const noexcept { return base_ + begin_; }
  [[nodiscard]] const std::string& name() const noexcept { return bytes_.name(); }
  [[nodiscard]] hts::ByteReader& bytes() noexcept { return bytes_; }
  [[nodiscard]] const hts::ByteReader& bytes() const noexcept { return bytes_; }

 private:
  [[nodiscard]] std::string_view available();
  void fill();
  Part take(std::size_t size, std::size_t line_break);

  hts::ByteReader bytes_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  ///< buffer_[begin_, end_) was read and not consumed
  std::size_t end_ = 0;
  std::uint64_t base_ = 0;  ///< position of buffer_[0]
  bool at_end_ = false;     ///< of the input
  std::uint64_t line_ = 1;
  std::uint64_t part_line_ = 1;
  std::uint64_t part_byte_ = 0;
  bool line_known_ = true;
};

}  // namespace vio::source

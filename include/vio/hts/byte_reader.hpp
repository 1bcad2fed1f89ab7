#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "vio/hts/block_index.hpp"
#include "vio/hts/input.hpp"

struct BGZF;

namespace vio::hts {

enum class Compression : std::uint8_t { none, gzip, bgzf };

struct ByteReaderOptions {
  std::string path = "-";   ///< `-` is standard input; never taken for a URL
  int threads = 1;          ///< for BGZF decompression; a reader that seeks has one
  std::string block_index;  ///< .gzi of a BGZF file, for seek()
};

/// The decompressed bytes of a file or pipe: plain, gzip (of any number of members) or BGZF.
/// Damage is never silent: a truncated or corrupt input throws core::InputError, also where only
/// the end marker of BGZF is missing. Not thread-safe.
class ByteReader {
 public:
  /// Throws core::UsageError where the file is missing, a folder or not readable, and
  /// core::InputError where its first bytes are damaged.
  explicit ByteReader(const ByteReaderOptions& options);
  /// Takes over an input that was opened before, whatever options.path says.
  ByteReader(Input input, const ByteReaderOptions& options);

  /// The path, or `standard input`, for messages.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] Compression compression() const noexcept { return compression_; }
  [[nodiscard]] const Content& content() const noexcept { return content_; }

  /// Fills `bytes` as far as the input goes and returns how many were read; fewer only at the end,
  /// after which it returns 0.
  [[nodiscard]] std::size_t read(std::span<char> bytes);

  /// Continues at byte `offset` of the decompressed content. Needs a file that is plain, or BGZF
  /// opened with its block index.
  void seek(std::uint64_t offset);

  /// Throws core::InputError where a BGZF file lacks its end marker. For readers that seek; a
  /// reader that comes to the end finds it anyway.
  void check_end_marker();

  /// Compressed bytes read so far.
  [[nodiscard]] std::uint64_t compressed_position() const;
  /// Compressed size of a regular file; nothing for a pipe.
  [[nodiscard]] std::optional<std::uint64_t> compressed_size() const noexcept { return size_; }

 private:
  struct Close {
    void operator()(BGZF* file) const noexcept;
  };

  void check_magic() const;
  [[noreturn]] void throw_damaged() const;
  [[noreturn]] void throw_beyond(std::uint64_t offset) const;
  [[noreturn]] void throw_no_end_marker() const;

  std::string name_;
  std::unique_ptr<BGZF, Close> file_;
  std::optional<BlockIndex> block_index_;
  Compression compression_ = Compression::none;
  Content content_;
  bool threaded_ = false;  ///< HTSlib's threads decompress
  std::optional<std::uint64_t> size_;
};

}  // namespace vio::hts

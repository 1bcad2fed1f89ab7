#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

struct hFILE;

namespace vio::hts {

struct CloseFile {
  void operator()(hFILE* file) const noexcept;
};
using FileHandle = std::unique_ptr<hFILE, CloseFile>;

/// What HTSlib takes an input for, after decompression of its first bytes.
struct Content {
  enum class Kind : std::uint8_t {
    other,       ///< FASTA, FASTQ, any text, or unknown
    alignments,  ///< SAM, BAM, CRAM
    variants,    ///< VCF, BCF
    packed,      ///< a compression that is not read: bzip2, xz, zstd
  };
  Kind kind = Kind::other;
  std::string name;  ///< such as `BAM`; empty for Kind::other
};

/// A file or pipe that was opened and looked at; nothing of it is consumed yet, so that whatever
/// reads its content gets all of it, from a pipe too.
class Input {
 public:
  /// `-` is standard input; a path is never taken for a URL. Throws core::UsageError where the file
  /// is missing, a folder or not readable.
  explicit Input(const std::string& path);

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  /// The path, or `standard input`, for messages.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] const Content& content() const noexcept { return content_; }
  /// Compressed size of a regular file; nothing for a pipe.
  [[nodiscard]] std::optional<std::uint64_t> size() const noexcept { return size_; }

  /// The first bytes after decompression (plain, gzip, bgzip), at most `limit` and at most what
  /// HTSlib's buffer holds of them. Fewer where they are damaged, which reading them tells.
  /// Consumes nothing, of a pipe neither.
  [[nodiscard]] std::string peek(std::size_t limit) const;

  /// Hands over the file itself, once.
  [[nodiscard]] FileHandle take() noexcept { return std::move(file_); }

 private:
  std::string path_;
  std::string name_;
  FileHandle file_;
  Content content_;
  std::optional<std::uint64_t> size_;
};

}  // namespace vio::hts

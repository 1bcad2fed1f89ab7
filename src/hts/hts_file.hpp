#pragma once

#include <htslib/bgzf.h>
#include <htslib/hts.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "vio/hts/input.hpp"

namespace vio::hts {

/// A file of variants or alignments that HTSlib reads: its handle and what must be known beside it,
/// so that damage is never taken for the end.
class HtsFile {
 public:
  /// Throws core::InputError where HTSlib cannot begin with it, and where a regular file lacks
  /// BGZF's end marker.
  explicit HtsFile(Input input);
  /// Has BGZF decompressed in the background from here on.
  void start_threads(int threads);

  [[nodiscard]] htsFile* handle() const noexcept { return handle_.get(); }
  /// Null for plain text and CRAM.
  [[nodiscard]] BGZF* bgzf() const noexcept { return bgzf_; }
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  /// Compressed bytes of a regular file.
  [[nodiscard]] std::optional<std::uint64_t> size() const noexcept { return size_; }
  /// Compressed bytes read so far.
  [[nodiscard]] std::uint64_t position() const;
  [[nodiscard]] htsExactFormat format() const noexcept { return handle_->format.format; }
  [[nodiscard]] bool is_bgzf_compressed() const noexcept {
    return handle_->format.compression == ::bgzf;
  }
  /// Whether the last reading failed because of the compressed data.
  [[nodiscard]] bool is_unreadable() const noexcept;
  /// At the end of the file: throws core::InputError where it was not whole.
  void check_end() const;

 private:
  struct Close {
    void operator()(htsFile* file) const noexcept { static_cast<void>(hts_close(file)); }
  };

  [[noreturn]] void throw_no_end_marker() const;

  std::string name_;
  std::string path_;
  std::optional<std::uint64_t> size_;
  std::unique_ptr<htsFile, Close> handle_;
  BGZF* bgzf_ = nullptr;
  bool threaded_ = false;
};

/// Throws core::InputError where the index is older than what it is an index of; `remedy` is the
/// command that makes it again.
void check_index_age(const std::string& index, const std::string& file, const std::string& remedy);

}  // namespace vio::hts

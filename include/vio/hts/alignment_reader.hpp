#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vio/core/interval.hpp"
#include "vio/hts/alignment_record.hpp"
#include "vio/hts/input.hpp"

namespace vio::hts {

struct AlignmentReaderOptions {
  /// For decompression of BGZF in the background; a reader that seeks has one. CRAM never has more.
  int threads = 1;
  std::string reference_path;  ///< FASTA for CRAM; empty: only what the CRAM embeds
};

/// Reads SAM, BAM or CRAM from a file or pipe; with an index (.bai, .csi, .crai) also the reads of
/// intervals. Damage is never silent: truncated or corrupt input throws core::InputError with the
/// place, also where only the end marker is missing. Nothing is ever fetched from a network. Not
/// thread-safe.
class AlignmentReader {
 public:
  /// Reads the header. Throws core::UsageError where the input is no SAM, BAM or CRAM, or the
  /// reference cannot be used; core::InputError where it is damaged.
  AlignmentReader(Input input, const AlignmentReaderOptions& options);
  AlignmentReader(const AlignmentReader&) = delete;
  AlignmentReader& operator=(const AlignmentReader&) = delete;
  ~AlignmentReader();

  /// Never changes.
  [[nodiscard]] std::shared_ptr<const sam_hdr_t> header() const noexcept;
  /// `sam`, `bam` or `cram`.
  [[nodiscard]] std::string_view format() const noexcept;
  [[nodiscard]] const std::string& name() const noexcept;

  /// Reads the next read, of the file or of the last query; false at the end. Throws
  /// core::UsageError where a CRAM needs a reference that was not given.
  [[nodiscard]] bool read(AlignmentRecord& record);

  [[nodiscard]] bool has_index() const;
  /// Throws core::UsageError where there is none or the file cannot be sought in, core::InputError
  /// where the index is older than the file or unreadable.
  void load_index();
  /// Makes read() give the reads that overlap [begin, end) of contig `contig_id`, 0-based; where
  /// begin < 0 those too that have the contig but no position, which stand before its others.
  /// Needs load_index().
  void query(int contig_id, std::int64_t begin, std::int64_t end);
  /// Makes read() give the reads without a contig, which stand at the file's end. Needs
  /// load_index().
  void query_unplaced();

  /// Compressed bytes read so far.
  [[nodiscard]] std::uint64_t compressed_position() const;
  /// Compressed size of a regular file; nothing for a pipe.
  [[nodiscard]] std::optional<std::uint64_t> compressed_size() const noexcept;

 private:
  class File;
  std::unique_ptr<File> file_;
};

}  // namespace vio::hts

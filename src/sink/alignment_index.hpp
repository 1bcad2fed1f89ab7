#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "output_index.hpp"
#include "vio/hts/alignment_record.hpp"

namespace vio::sink {

/// The index of alignments. It makes sure that they are sorted as samtools sorts: by contig in the
/// order of the header, by position, those without a contig last. Not thread-safe.
class AlignmentIndex {
 public:
  /// `path` is the file's as the user gave it. Throws core::UsageError where the index cannot be
  /// created.
  AlignmentIndex(const std::string& path, IndexedFormat format, int threads,
                 const sam_hdr_t& header, TemporaryFiles& temporaries);

  /// Every batch must be told, in order. Throws core::InputError where a read is out of order or
  /// lies where no index reaches.
  void note(std::span<const hts::AlignmentRecord> reads);
  /// Indexes the file, once it is closed, and gives the index its final name. Throws
  /// core::OutputError.
  void build(const OutputTarget& file) { index_.build(file); }

 private:
  /// Orders as the file is to be ordered.
  struct Place {
    std::uint32_t contig = 0;  // those without one are last
    std::int64_t position = -1;
    [[nodiscard]] bool operator<(const Place& other) const noexcept {
      return contig != other.contig ? contig < other.contig : position < other.position;
    }
  };

  [[nodiscard]] static Place place_of(const hts::AlignmentRecord& read) noexcept;
  void check_reach(const hts::AlignmentRecord& read) const;
  [[noreturn]] void refuse(const hts::AlignmentRecord& read) const;
  [[nodiscard]] std::string text_of(const Place& place) const;

  const sam_hdr_t& header_;
  OutputIndex index_;
  Place last_;
  std::int64_t reach_ = kLongestContig;  // of the index
};

}  // namespace vio::sink

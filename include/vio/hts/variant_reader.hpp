#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vio/hts/input.hpp"
#include "vio/hts/variant_record.hpp"

namespace vio::hts {

/// A contig of which an indexed file has records.
struct IndexedContig {
  std::string name;
  std::uint64_t offset = 0;  ///< where the first of them lies; BGZF virtual offset
  /// Where the records of the contig before it, or the header, end.
  std::uint64_t previous_end = 0;
};

/// Reads VCF or BCF, plain, gzip or BGZF, from a file or pipe; with an index (.tbi, .csi) also the
/// records of an interval. Damage is never silent: truncated or corrupt input throws
/// core::InputError with the place, also where only the end marker of BGZF is missing. Not
/// thread-safe.
class VariantReader {
 public:
  /// Reads the header. `threads` decompress BGZF in the background. Throws core::UsageError where
  /// the input is no VCF or BCF, core::InputError where it is damaged.
  VariantReader(Input input, int threads);
  VariantReader(const VariantReader&) = delete;
  VariantReader& operator=(const VariantReader&) = delete;
  ~VariantReader();

  /// The header that records are read with. Declarations may be added before the first read();
  /// read() itself adds what a record uses and the header lacks.
  [[nodiscard]] VariantHeader& header() noexcept;
  [[nodiscard]] const VariantHeader& header() const noexcept;
  /// `vcf` or `bcf`.
  [[nodiscard]] std::string_view format() const noexcept;
  [[nodiscard]] const std::string& name() const noexcept;
  [[nodiscard]] bool is_regular_file() const noexcept;

  /// The contig of the first record, which is read again by the first read(); nothing where there
  /// is none. For headers that declare no contig.
  [[nodiscard]] std::optional<std::string> first_contig();

  /// Reads the next record, of the file or of the last query(); false at the end.
  [[nodiscard]] bool read(VariantRecord& record);

  /// Whether there is an index beside the file.
  [[nodiscard]] bool has_index() const;
  /// Loads it. Throws core::UsageError where there is none or the file cannot be sought in,
  /// core::InputError where the index is older than the file or unreadable.
  void load_index();
  /// In the order of the file. Needs load_index().
  [[nodiscard]] std::vector<IndexedContig> indexed_contigs() const;
  /// Makes read() give the records that overlap [begin, end) of a contig, 0-based, as the index has
  /// them (by INFO/END too). Needs load_index().
  void query(const std::string& contig, std::int64_t begin, std::int64_t end);
  /// Makes read() give the records of a contig that begin before `end`, those at VCF's position 0
  /// too, which the index of a BCF does not lead to. Needs load_index(); indexed_contigs() has the
  /// contig.
  void query_from_start(const IndexedContig& contig, std::int64_t end);

  /// Compressed bytes read so far.
  [[nodiscard]] std::uint64_t compressed_position() const;
  /// Compressed size of a regular file; nothing for a pipe.
  [[nodiscard]] std::optional<std::uint64_t> compressed_size() const noexcept;

 private:
  class File;
  class Index;

  template <typename Read>
  [[nodiscard]] int explained(const Read& read) const;
  [[nodiscard]] int read_next(VariantRecord& record);
  [[noreturn]] void throw_damaged(int result) const;
  [[nodiscard]] std::string last_place() const;

  std::unique_ptr<File> file_;
  std::unique_ptr<VariantHeader> header_;
  std::unique_ptr<Index> index_;
  std::uint64_t header_end_ = 0;           ///< BGZF virtual offset of the first record
  std::optional<std::string> first_line_;  ///< a record that first_contig() has read
  std::uint64_t records_ = 0;              ///< read so far
  std::string last_contig_;                ///< of the last record
  std::int64_t last_position_ = 0;         ///< of the last record, 0-based
};

}  // namespace vio::hts

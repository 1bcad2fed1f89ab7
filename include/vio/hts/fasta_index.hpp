#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vio::hts {

/// One record of a FASTA file as its .fai describes it.
struct FastaEntry {
  std::string name;
  std::int64_t length = 0;        ///< symbols
  std::uint64_t offset = 0;       ///< byte of the first symbol in the decompressed file
  std::int64_t line_symbols = 0;  ///< symbols of a full line
  std::int64_t line_bytes = 0;    ///< bytes of a full line, line break included

  /// Byte of symbol `position`, 0 <= position <= length.
  [[nodiscard]] std::uint64_t byte_of(std::int64_t position) const noexcept;
  /// Byte after the last symbol.
  [[nodiscard]] std::uint64_t end_byte() const noexcept;
};

/// The .fai (and for BGZF the .gzi) of a FASTA file. Immutable; share it freely.
class FastaIndex {
 public:
  FastaIndex(FastaIndex&&) = default;
  FastaIndex& operator=(FastaIndex&&) = default;
  FastaIndex(const FastaIndex&) = delete;
  FastaIndex& operator=(const FastaIndex&) = delete;
  ~FastaIndex() = default;

  /// Loads the index beside the file. Where there is none it is built: beside the file under a
  /// temporary name and then renamed, so that several processes may do it at once, or in a
  /// temporary folder (removed with this object) where the file's own folder cannot be written.
  /// Nothing is returned for a file that HTSlib cannot index, such as one whose lines differ in
  /// length. Throws core::InputError where the index is older than the file or malformed.
  [[nodiscard]] static std::optional<FastaIndex> open(const std::string& fasta);

  /// In the order of the index, which is that of the file if HTSlib or samtools made it. Records
  /// without a sequence and those that repeat a name are not in it.
  [[nodiscard]] const std::vector<FastaEntry>& entries() const noexcept { return entries_; }
  [[nodiscard]] const FastaEntry* find(std::string_view name) const;
  /// Absolute path of the FASTA as HTSlib finds its .fai (and .gzi) beside it: where those are in a
  /// temporary folder, that of a link there.
  [[nodiscard]] const std::string& fasta() const noexcept { return fasta_; }
  /// Path of the .gzi; empty for a plain file.
  [[nodiscard]] const std::string& block_index() const noexcept { return block_index_; }

 private:
  class TemporaryFolder;

  FastaIndex() = default;
  void load(const std::string& path);

  std::vector<FastaEntry> entries_;
  std::unordered_map<std::string_view, std::size_t> by_name_;  ///< views of entries_' names
  std::string fasta_;
  std::string block_index_;
  std::shared_ptr<const TemporaryFolder> folder_;
};

}  // namespace vio::hts

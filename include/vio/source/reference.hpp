#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "vio/hts/fasta_index.hpp"

namespace vio::source {

/// An indexed FASTA (plain or bgzip), read at random places. Thread-safe: every thread that reads
/// at the same time gets a reader of its own.
class Reference {
 public:
  /// Opens the file and its index, which is built where it is missing (FastaIndex::open). Throws
  /// core::UsageError (missing, a pipe, gzip, not FASTA) and core::InputError (damaged, an index
  /// that is older than the file, lines that differ in length).
  explicit Reference(const std::string& path);
  Reference(const Reference&) = delete;
  Reference& operator=(const Reference&) = delete;
  ~Reference();

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  [[nodiscard]] const hts::FastaIndex& index() const noexcept { return index_; }

  /// The symbols [begin, end) of a contig of index(), 0 <= begin <= end <= entry.length. Throws
  /// core::InputError where the file is not what its index says.
  [[nodiscard]] std::string read(const hts::FastaEntry& entry, std::int64_t begin,
                                 std::int64_t end) const;

 private:
  class Readers;

  std::string path_;
  hts::FastaIndex index_;
  std::unique_ptr<Readers> readers_;
};

}  // namespace vio::source

#pragma once

#include <htslib/hts.h>

#include <optional>
#include <string>
#include <string_view>

#include "vio/hts/fasta_index.hpp"

namespace vio::hts {

/// Where the contigs of a CRAM that is read come from: one FASTA, or nowhere.
class CramSequences {
 public:
  /// `path` is a FASTA, plain or bgzip, whose index is built where it is missing
  /// (FastaIndex::open); empty: there is none. Throws core::UsageError (missing, a pipe, gzip, not
  /// FASTA), core::InputError (a stale index).
  explicit CramSequences(const std::string& path);

  /// Makes HTSlib take contigs from here alone: not from REF_PATH, REF_CACHE, the European
  /// Nucleotide Archive, or what the header's UR names, which may be a URL. `cram` is open for
  /// reading, and outlived by this. Throws core::UsageError where HTSlib cannot read the FASTA.
  void attach(htsFile* cram) const;

  /// The FASTA as it was named; empty without one.
  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  [[nodiscard]] bool has(std::string_view contig) const {
    return index_ && index_->find(contig) != nullptr;
  }

 private:
  std::string path_;
  std::optional<FastaIndex> index_;
};

}  // namespace vio::hts

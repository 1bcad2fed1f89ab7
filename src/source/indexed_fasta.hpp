#pragma once

#include <memory>
#include <string>

#include "source/record_reader.hpp"
#include "source/text_reader.hpp"
#include "vio/hts/fasta_index.hpp"

namespace vio::source {

/// What needs a FASTA file to be indexed, as messages say it.
struct IndexNeed {
  const char* file;       ///< why a pipe will not do
  const char* fasta;      ///< why FASTQ will not do, and what does
  const char* otherwise;  ///< what to do without an index; ends where another advice follows
};

inline constexpr IndexNeed kRegionsNeed{.file = "regions (-r, -R) need to seek; use -t or -T",
                                        .fasta = "regions (-r, -R) need FASTA; use -t or -T",
                                        .otherwise = "use -t or -T, which need no index, or "};

inline constexpr IndexNeed kReferenceNeed{
    .file = "a reference (-f) is read at random places",
    .fasta = "a reference (-f) must be FASTA; give the one that the variants were called on",
    .otherwise = ""};

/// A pipe in disguise, such as /dev/stdin or a named one, is read once and cannot seek: throws
/// core::UsageError.
void check_is_file(const RecordReader& records, const char* why);

/// The index of a FASTA file, of which `records` was just opened. Throws core::UsageError where the
/// file is a pipe, FASTQ or gzip, core::InputError where it cannot be indexed. Whether a BGZF
/// file is whole is for the caller to check.
[[nodiscard]] hts::FastaIndex open_fasta_index(const std::string& path, RecordReader& records,
                                               const IndexNeed& need);

/// The file's text, which can be sought in.
[[nodiscard]] std::unique_ptr<TextReader> open_indexed_text(const std::string& path,
                                                            const hts::FastaIndex& index);

}  // namespace vio::source

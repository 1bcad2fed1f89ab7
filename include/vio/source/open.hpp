#pragma once

#include <cstdint>
#include <memory>

#include "vio/hts/input.hpp"
#include "vio/source/selection.hpp"
#include "vio/source/sequence_source.hpp"

namespace vio::source {

struct SourceOptions : Selection {
  bool shard_whole_units = false;  ///< a unit belongs to one shard whole (--by sequence)
  std::int64_t window = 1000;      ///< positions; a shard needs window - 1 positions past its end
  int threads = 1;                 ///< for BGZF decompression
  std::size_t chunk_symbols = 1 << 18;  ///< upper bound of a chunk's text
};

/// Opens FASTA or FASTQ, plain, gzip or bgzip, sniffed by content. Throws core::UsageError (no such
/// file, a region on standard input, a contig that is not there, an alignment or variant file),
/// core::InputError (empty, HTML, not a sequence file).
[[nodiscard]] std::unique_ptr<SequenceSource> open_sequences(const SourceOptions& options);
/// The same, where `input` is options.path and was opened already.
[[nodiscard]] std::unique_ptr<SequenceSource> open_sequences(const SourceOptions& options,
                                                             hts::Input input);

}  // namespace vio::source

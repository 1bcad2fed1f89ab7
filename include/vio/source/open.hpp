#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vio/hts/input.hpp"
#include "vio/source/sequence_source.hpp"

namespace vio::source {

/// Part `index` (1-based) of `count`, as in --shard 2/7.
struct Shard {
  int index = 1;
  int count = 1;
};

struct SourceOptions {
  std::string path = "-";            ///< `-` is standard input
  std::vector<std::string> regions;  ///< -r: 1-based `contig:from-to`, index-driven
  std::string regions_file;          ///< -R: BED (0-based) or `contig from to` (1-based)
  std::vector<std::string> targets;  ///< -t: as -r, but streamed
  std::string targets_file;          ///< -T: as -R, but streamed
  std::optional<Shard> shard;
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

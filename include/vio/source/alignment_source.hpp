#pragma once

#include <cstdint>
#include <memory>

#include "vio/hts/alignment_reader.hpp"
#include "vio/source/record_source.hpp"
#include "vio/source/selection.hpp"

namespace vio::source {

/// Which reads of an alignment file are wanted, as `samtools view` takes them.
struct ReadFilter {
  int min_mapping_quality = 0;
  std::uint16_t require_flags = 0;      ///< all of these must be set
  std::uint16_t exclude_flags = 0x900;  ///< none of these may be: secondary, supplementary
};

struct AlignmentSourceOptions : Selection {
  ReadFilter filter;
  bool by_region = false;  ///< every region's reads, region by region, with RegionEnds
  BatchBounds bounds;
};

/// Chooses how to read: a stream, or with the index where regions or a shard are asked for.
/// `reader` outlives the source. Regions are merged and every read comes once, in the file's order,
/// as in `samtools view -M -L`; with by_region every region has its own reads, in the order of the
/// regions as given. A shard owns reads by position, unplaced ones belong to the last. Throws
/// core::UsageError (regions of standard input, without an index, of an unknown contig),
/// core::InputError.
[[nodiscard]] std::unique_ptr<RecordSource> open_alignments(hts::AlignmentReader& reader,
                                                            const AlignmentSourceOptions& options);

}  // namespace vio::source

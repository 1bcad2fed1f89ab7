#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "source/regions.hpp"
#include "source/stretches.hpp"
#include "vio/core/interval.hpp"
#include "vio/hts/alignment_reader.hpp"

namespace vio::source {

/// A region that the user asked for and what it means in a file of alignments.
struct ReadRegion {
  core::GenomicInterval asked;  ///< as the user names it; an open end is the contig's
  int contig = 0;               ///< index in the header
  std::int64_t begin = 0;
  std::int64_t end = kOpenEnd;
};

/// The regions of option texts and a file, in their order. Throws core::UsageError for a contig
/// that the header does not have under this name or an alias.
[[nodiscard]] std::vector<ReadRegion> read_regions_of(const hts::AlignmentReader& reader,
                                                      const std::vector<std::string>& texts,
                                                      const std::string& file);

/// Per contig (index in the header) sorted stretches that do not overlap.
using ReadStretches = std::map<int, std::vector<Stretch>>;
[[nodiscard]] ReadStretches merged(const std::vector<ReadRegion>& regions);

/// An interval of the axis on which shards are cut: a stretch, or a whole contig.
struct ReadInterval {
  int contig = 0;
  std::int64_t begin = 0;
  std::int64_t end = kOpenEnd;
  std::int64_t length = 1;  ///< positions that count on the axis: as far as the contig goes
  bool whole = false;       ///< all of a contig, reads without a position too
  std::int64_t axis = 0;    ///< positions of all intervals before it
};

/// All contigs of the header, end to end.
[[nodiscard]] std::vector<ReadInterval> read_axis(const sam_hdr_t& header);
/// The stretches, end to end in the header's order.
[[nodiscard]] std::vector<ReadInterval> read_axis(const sam_hdr_t& header,
                                                  const ReadStretches& stretches);
/// Where all intervals end.
[[nodiscard]] std::int64_t axis_end(const std::vector<ReadInterval>& axis) noexcept;

/// Where a read of the interval stands on the axis: where it begins, or at the interval's begin or
/// end where it begins before or after that.
[[nodiscard]] std::int64_t axis_position(const ReadInterval& interval,
                                         std::int64_t position) noexcept;

}  // namespace vio::source

#pragma once

#include <cstdint>
#include <string>

#include "vio/report/page.hpp"
#include "vio/stats/run_stats.hpp"

namespace vio::stats {

// Sections of the page. Keys of numbers are JSON pointers into the stats JSON.

/// A count of the stats JSON.
[[nodiscard]] report::Number number(std::uint64_t count, std::string key);

void add_classes(report::Page& page, const RunStats& stats);
void add_scores(report::Page& page, const RunStats& stats);
/// Of variants.
void add_deltas(report::Page& page, const RunStats& stats);
void add_skipped(report::Page& page, const RunStats& stats);
/// Nothing where no contig has enough to show.
void add_tracks(report::Page& page, const RunStats& stats);

}  // namespace vio::stats

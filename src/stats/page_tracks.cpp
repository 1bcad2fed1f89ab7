#include <fmt/format.h>

#include <algorithm>

#include "stats/page_parts.hpp"
#include "vio/report/charts.hpp"

namespace vio::stats {

namespace {

using annotate::ContigTrack;
using annotate::TrackBin;

constexpr double kMillion = 1e6;
constexpr double kDensityLength = 10'000;  // positions
constexpr std::ptrdiff_t kFewestBins = 5;  // that hold anything; a shorter track shows nothing
constexpr std::size_t kMostTracks = 24;

bool is_worth_drawing(const ContigTrack& track) {
  return std::ranges::count_if(track.bins, [](const auto& bin) { return bin.count > 0; }) >=
         kFewestBins;
}

/// The longest of those worth it, in input order.
std::vector<const ContigTrack*> drawn_tracks(const RunStats& stats) {
  std::vector<const ContigTrack*> tracks;
  for (const auto& track : stats.summary.tracks.tracks()) {
    if (is_worth_drawing(track)) tracks.push_back(&track);
  }
  if (tracks.size() <= kMostTracks) return tracks;
  auto by_length = tracks;
  std::ranges::stable_sort(by_length, std::ranges::greater(), &ContigTrack::length);
  by_length.resize(kMostTracks);
  std::erase_if(tracks, [&](const ContigTrack* track) {
    return std::ranges::find(by_length, track) == by_length.end();
  });
  return tracks;
}

template <typename Value>
report::TrackChart chart_of(const std::vector<const ContigTrack*>& tracks, const Value& value) {
  report::TrackChart chart;
  for (const auto* track : tracks) {
    report::Track drawn{track->contig, track->length, track->bin_width, {}};
    for (const auto& bin : track->bins) {
      drawn.values.push_back(bin.count > 0 ? std::optional(value(bin, *track)) : std::nullopt);
    }
    chart.tracks.push_back(std::move(drawn));
  }
  return chart;
}

double mean_of(const TrackBin& bin) {
  return bin.count == 0 ? 0
                        : static_cast<double>(bin.sum) / static_cast<double>(bin.count) / kMillion;
}

TrackBin total_of(const ContigTrack& track) {
  TrackBin total;
  for (const auto& bin : track.bins) total.merge(bin);
  return total;
}

report::Table contig_table(const RunStats& stats) {
  const std::string unit = stats.variants ? "delta" : "score";
  report::Table table{"Contigs, in the order of the input",
                      {"contig", "last position", stats.variants ? "alleles" : "scored"},
                      {}};
  table.columns.push_back(stats.variants ? "mean |delta|" : "mean score");
  table.columns.push_back(stats.variants ? "largest |delta|" : "largest score");
  const auto add = [&](const std::string& name, report::Cell length, const TrackBin& total) {
    constexpr int kDecimals = 6;
    table.rows.push_back({name, std::move(length), report::Number{static_cast<double>(total.count)},
                          report::Number{mean_of(total), {}, kDecimals},
                          report::Number{total.maximum / kMillion, {}, kDecimals}});
  };
  for (const auto& track : stats.summary.tracks.tracks()) {
    add(track.contig, report::Number{static_cast<double>(track.length)}, total_of(track));
  }
  const auto& others = stats.summary.tracks.others();
  if (others.count > 0) add("all others", std::string(), others);
  return table;
}

void add_values(report::Page& page, const RunStats& stats,
                const std::vector<const ContigTrack*>& tracks) {
  auto chart =
      stats.variants
          ? chart_of(tracks,
                     [](const TrackBin& bin, const ContigTrack&) { return bin.maximum / kMillion; })
          : chart_of(tracks, [](const TrackBin& bin, const ContigTrack&) { return mean_of(bin); });
  if (!stats.variants) chart.maximum = 1;
  chart.text = {stats.variants ? "Tracks: largest |delta| along each contig"
                               : "Tracks: mean score along each contig",
                "Sums by contig are in the table below the chart."};
  page.figure({stats.variants
                   ? "The largest |delta| among the alleles in each stretch of a contig."
                   : "The mean score (probability of the most probable class) in each stretch of a "
                     "contig. Gaps hold nothing that was scored.",
               report::track_chart(chart), contig_table(stats)});
}

void add_density(report::Page& page, std::string_view unit,
                 const std::vector<const ContigTrack*>& tracks) {
  auto chart = chart_of(tracks, [](const TrackBin& bin, const ContigTrack& track) {
    return static_cast<double>(bin.count) * kDensityLength / static_cast<double>(track.bin_width);
  });
  chart.text = {fmt::format("Tracks: {} per 10 kb along each contig", unit),
                "Sums by contig are in the table above."};
  page.figure({fmt::format("Scored {} per 10,000 positions.", unit), report::track_chart(chart)});
}

}  // namespace

void add_tracks(report::Page& page, const RunStats& stats) {
  const auto tracks = drawn_tracks(stats);
  // Records of FASTQ are reads, not contigs.
  if (tracks.empty() || stats.input_format == "fastq") return;
  page.section("Along the contigs");
  const auto n_contigs = stats.summary.tracks.tracks().size();
  if (tracks.size() < n_contigs || stats.summary.tracks.others().count > 0) {
    page.paragraph(
        fmt::format("Drawn are the longest contigs of those that have enough to show, {} at most; "
                    "the table has "
                    "the first {} of the input and the sum of all others.",
                    kMostTracks, annotate::ContigTracks::kMostContigs));
  }
  add_values(page, stats, tracks);
  if (stats.variants || stats.rows == "reads") add_density(page, stats.rows, tracks);
}

}  // namespace vio::stats

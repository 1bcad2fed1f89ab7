#include "source/alignment_regions.hpp"

#include <fmt/format.h>
#include <htslib/sam.h>

#include <algorithm>
#include <optional>

#include "source/region_names.hpp"
#include "vio/source/contig_names.hpp"

namespace vio::source {

namespace {

/// Index in the header of a contig that is named as there, by its AN tag, or by an alias.
std::optional<int> find_contig(const sam_hdr_t& header, const std::string& name) {
  // Looking up changes nothing: the reader had HTSlib parse the whole header.
  auto* const lookup = const_cast<sam_hdr_t*>(&header);
  const int exact = sam_hdr_name2tid(lookup, name.c_str());
  if (exact >= 0) return exact;
  for (const auto& alias : contig_aliases(name)) {
    const int found = sam_hdr_name2tid(lookup, alias.c_str());
    if (found >= 0) return found;
  }
  return std::nullopt;
}

std::int64_t length_of(const sam_hdr_t& header, int contig) {
  return std::max<std::int64_t>(1, sam_hdr_tid2len(&header, contig));
}

void lay_end_to_end(std::vector<ReadInterval>& axis) {
  std::int64_t position = 0;
  for (auto& interval : axis) {
    interval.axis = position;
    position += interval.length;
  }
}

}  // namespace

std::vector<ReadRegion> read_regions_of(const hts::AlignmentReader& reader,
                                        const std::vector<std::string>& texts,
                                        const std::string& file) {
  const auto header = reader.header();
  const auto has = [&](const std::string& name) { return find_contig(*header, name).has_value(); };
  std::vector<ReadRegion> regions;
  for (const auto& given : collect_regions(texts, file)) {
    auto asked = settle_region(given, has, reader.name() + " does not have").interval;
    ReadRegion region;
    region.contig = find_contig(*header, asked.contig).value();
    region.begin = asked.begin;
    region.end = asked.end;
    if (asked.end == kOpenEnd) asked.end = std::max(asked.begin, length_of(*header, region.contig));
    region.asked = std::move(asked);
    regions.push_back(std::move(region));
  }
  return regions;
}

ReadStretches merged(const std::vector<ReadRegion>& regions) {
  ReadStretches stretches;
  for (const auto& region : regions) {
    if (region.begin < region.end) {  // a BED interval may be empty: no read overlaps it
      stretches[region.contig].push_back({region.begin, region.end});
    }
  }
  for (auto& [contig, of_contig] : stretches) sort_and_merge(of_contig);
  return stretches;
}

std::vector<ReadInterval> read_axis(const sam_hdr_t& header) {
  std::vector<ReadInterval> axis;
  axis.reserve(static_cast<std::size_t>(sam_hdr_nref(&header)));
  for (int i = 0; i < sam_hdr_nref(&header); ++i) {
    axis.push_back({.contig = i, .length = length_of(header, i), .whole = true});
  }
  lay_end_to_end(axis);
  return axis;
}

std::vector<ReadInterval> read_axis(const sam_hdr_t& header, const ReadStretches& stretches) {
  std::vector<ReadInterval> axis;
  for (const auto& [contig, of_contig] : stretches) {
    for (const auto& [begin, end] : of_contig) {
      const auto known_end = std::max(begin + 1, std::min(end, length_of(header, contig)));
      axis.push_back({.contig = contig, .begin = begin, .end = end, .length = known_end - begin});
    }
  }
  lay_end_to_end(axis);
  return axis;
}

std::int64_t axis_end(const std::vector<ReadInterval>& axis) noexcept {
  return axis.empty() ? 0 : axis.back().axis + axis.back().length;
}

std::int64_t axis_position(const ReadInterval& interval, std::int64_t position) noexcept {
  return interval.axis +
         std::clamp<std::int64_t>(position - interval.begin, 0, interval.length - 1);
}

}  // namespace vio::source

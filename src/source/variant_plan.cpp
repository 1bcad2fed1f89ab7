#include "source/variant_plan.hpp"

#include <algorithm>
#include <map>

namespace vio::source {

namespace {

/// Length of a contig by the reference, else by the header; 1 where nobody knows it.
class ContigLengths {
 public:
  ContigLengths(const hts::VariantHeader& header, const ContigNames& names) : names_(names) {
    for (auto& contig : header.contigs()) declared_.emplace(contig.name, contig.length.value_or(1));
  }
  [[nodiscard]] std::int64_t of(const std::string& contig) const {
    if (const auto* const entry = names_.find(contig))
      return std::max<std::int64_t>(1, entry->length);
    const auto found = declared_.find(contig);
    return found == declared_.end() ? 1 : found->second;
  }

 private:
  const ContigNames& names_;
  std::map<std::string, std::int64_t> declared_;
};

void lay_end_to_end(std::vector<AxisInterval>& axis) {
  std::int64_t position = 0;
  for (auto& interval : axis) {
    interval.axis = position;
    position += interval.length;
  }
}

}  // namespace

std::vector<AxisInterval> contig_axis(const std::vector<std::string>& contigs,
                                      const hts::VariantHeader& header, const ContigNames& names) {
  const ContigLengths lengths(header, names);
  std::vector<AxisInterval> axis;
  axis.reserve(contigs.size());
  for (const auto& contig : contigs) {
    axis.push_back({.contig = contig, .length = lengths.of(contig)});
  }
  lay_end_to_end(axis);
  return axis;
}

std::vector<AxisInterval> contig_axis(const std::vector<hts::IndexedContig>& indexed,
                                      const hts::VariantHeader& header, const ContigNames& names) {
  std::vector<std::string> contigs;
  contigs.reserve(indexed.size());
  for (const auto& contig : indexed) contigs.push_back(contig.name);
  auto axis = contig_axis(contigs, header, names);
  for (std::size_t i = 0; i < axis.size(); ++i) axis[i].from_start = indexed[i];
  return axis;
}

std::vector<AxisInterval> region_axis(const VariantRegions& regions,
                                      const std::vector<hts::IndexedContig>& indexed,
                                      const hts::VariantHeader& header, const ContigNames& names) {
  const ContigLengths lengths(header, names);
  std::vector<AxisInterval> axis;
  for (const auto& wanted : regions.contigs()) {
    const auto found = std::find_if(indexed.begin(), indexed.end(), [&](const auto& contig) {
      return regions.find(contig.name) == &wanted;
    });
    if (found == indexed.end()) continue;
    const std::int64_t contig_length = lengths.of(found->name);
    for (const auto& stretch : wanted.stretches) {
      const auto known_end = std::max(stretch.begin + 1, std::min(stretch.end, contig_length));
      axis.push_back({.contig = found->name,
                      .begin = stretch.begin,
                      .end = stretch.end,
                      .length = known_end - stretch.begin,
                      .from_start = stretch.begin == 0 ? std::optional(*found) : std::nullopt});
    }
  }
  lay_end_to_end(axis);
  return axis;
}

std::int64_t axis_position(const AxisInterval& interval, std::int64_t position) noexcept {
  return interval.axis +
         std::clamp<std::int64_t>(position - interval.begin, 0, interval.length - 1);
}

}  // namespace vio::source

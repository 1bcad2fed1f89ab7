#include "source/region_names.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "vio/core/error.hpp"

namespace vio::source {

RegionNames::RegionNames(const hts::VariantReader& reader, const ContigNames& names,
                         const std::vector<hts::IndexedContig>& indexed)
    : reader_(reader), names_(names) {
  for (const auto& contig : indexed) indexed_.insert(contig.name);
  for (const auto& contig : reader.header().contigs()) {
    if (const auto* const entry = names.find(contig.name)) declared_.emplace(entry, contig.name);
  }
}

Region RegionNames::settle(const Region& region) const {
  const auto shorter = called(region.interval.contig);
  const auto whole = region.whole_name ? called(*region.whole_name) : std::nullopt;
  if (shorter && whole) {
    throw core::UsageError(fmt::format(
        "region {0} can be read in two ways, because there is both a contig {1} and a contig {0}; "
        "write {{{0}}} for the contig or put braces around the shorter name.",
        *region.whole_name, region.interval.contig));
  }
  if (whole) return {.interval = {*whole, 0, kOpenEnd}};
  if (shorter) return {.interval = {*shorter, region.interval.begin, region.interval.end}};
  throw core::UsageError(
      fmt::format("neither {} nor the reference has a contig {}; correct the name in the region.",
                  reader_.name(), region.interval.contig));
}

bool RegionNames::has(const std::string& contig) const {
  return reader_.header().has_contig(contig) || indexed_.contains(contig);
}

std::optional<std::string> RegionNames::called(const std::string& contig) const {
  if (has(contig)) return contig;
  const auto* const entry = names_.find(contig);
  if (const auto declared = declared_.find(entry); declared != declared_.end()) {
    return declared->second;
  }
  const auto aliases = contig_aliases(contig);
  const auto alias =
      std::find_if(aliases.begin(), aliases.end(), [&](const auto& name) { return has(name); });
  if (alias != aliases.end()) return *alias;
  return entry != nullptr ? std::optional(contig) : std::nullopt;
}

}  // namespace vio::source

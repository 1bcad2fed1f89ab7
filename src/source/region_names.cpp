#include "source/region_names.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "vio/core/error.hpp"

namespace vio::source {

Region settle_region(const Region& region, const std::function<bool(const std::string&)>& has,
                     const std::string& lacking) {
  const bool shorter = has(region.interval.contig);
  const bool whole = region.whole_name && has(*region.whole_name);
  if (shorter && whole) {
    throw core::UsageError(fmt::format(
        "region {0} can be read in two ways, because there is both a contig {1} and a contig {0}; "
        "write {{{0}}} for the contig or put braces around the shorter name.",
        *region.whole_name, region.interval.contig));
  }
  if (whole) return {.interval = {*region.whole_name, 0, kOpenEnd}};
  if (shorter) return {.interval = region.interval};
  throw core::UsageError(fmt::format("{} a contig {}; correct the name in the region.", lacking,
                                     region.interval.contig));
}

RegionNames::RegionNames(const hts::VariantReader& reader, const ContigNames& names,
                         const std::vector<hts::IndexedContig>& indexed)
    : reader_(reader), names_(names) {
  for (const auto& contig : indexed) indexed_.insert(contig.name);
  for (const auto& contig : reader.header().contigs()) {
    if (const auto* const entry = names.find(contig.name)) declared_.emplace(entry, contig.name);
  }
}

Region RegionNames::settle(const Region& region) const {
  auto settled = settle_region(
      region, [&](const std::string& contig) { return called(contig).has_value(); },
      "neither " + reader_.name() + " nor the reference has");
  settled.interval.contig = called(settled.interval.contig).value();
  return settled;
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

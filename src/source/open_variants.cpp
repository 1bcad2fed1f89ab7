#include <fmt/format.h>

#include <algorithm>

#include "source/variant_sources.hpp"
#include "vio/core/error.hpp"

namespace vio::source {

namespace {

bool is_known(const std::string& contig, const hts::VariantHeader& header,
              const ContigNames& names) {
  const auto aliases = contig_aliases(contig);
  return header.has_contig(contig) || names.find(contig) != nullptr ||
         std::any_of(aliases.begin(), aliases.end(),
                     [&](const auto& alias) { return header.has_contig(alias); });
}

/// Settles what a text such as `HLA-DRB1*12:17` means.
Region settle(const Region& region, const hts::VariantReader& reader,
              const hts::VariantHeader& header, const ContigNames& names) {
  const bool shorter = is_known(region.interval.contig, header, names);
  const bool whole = region.whole_name && is_known(*region.whole_name, header, names);
  if (shorter && whole) {
    throw core::UsageError(fmt::format(
        "region {0} can be read in two ways, because there is both a contig {1} and a contig {0}; "
        "write {{{0}}} for the contig or put braces around the shorter name.",
        *region.whole_name, region.interval.contig));
  }
  if (whole) return {.interval = {*region.whole_name, 0, kOpenEnd}};
  if (shorter) return region;
  throw core::UsageError(
      fmt::format("neither {} nor the reference has a contig {}; correct the name in the region.",
                  reader.name(), region.interval.contig));
}

VariantRegions collect(const std::vector<std::string>& texts, const std::string& file,
                       hts::VariantReader& reader, const ContigNames& names) {
  std::vector<Region> regions;
  for (const auto& region : collect_regions(texts, file, LonePosition::alone)) {
    regions.push_back(settle(region, reader, reader.header(), names));
  }
  return VariantRegions(regions);
}

std::vector<std::string> names_of(const hts::VariantHeader& header) {
  std::vector<std::string> names;
  for (const auto& contig : header.contigs()) names.push_back(contig.name);
  return names;
}

}  // namespace

std::unique_ptr<VariantSource> open_variants(hts::VariantReader& reader, const ContigNames& contigs,
                                             const VariantSourceOptions& options) {
  check_selection(options);
  if (options.wants_regions()) {
    reader.load_index();
    auto regions = collect(options.regions, options.regions_file, reader, contigs);
    auto axis = region_axis(regions, reader.indexed_contigs(), reader.header(), contigs);
    return std::make_unique<IndexedVariants>(reader, options, std::move(axis), std::move(regions));
  }
  if (options.shard && reader.has_index()) {
    reader.load_index();
    auto axis = contig_axis(reader.indexed_contigs(), reader.header(), contigs);
    return std::make_unique<IndexedVariants>(reader, options, std::move(axis), std::nullopt);
  }
  if (options.shard) {
    auto axis = contig_axis(names_of(reader.header()), reader.header(), contigs);
    return std::make_unique<ShardedVariants>(reader, options, std::move(axis));
  }
  std::optional<VariantRegions> targets;
  if (options.wants_targets()) {
    targets = collect(options.targets, options.targets_file, reader, contigs);
  }
  return std::make_unique<StreamedVariants>(reader, options, std::move(targets));
}

}  // namespace vio::source

#include "source/region_names.hpp"
#include "source/variant_sources.hpp"

namespace vio::source {

namespace {

VariantRegions collect(const std::vector<std::string>& texts, const std::string& file,
                       const hts::VariantReader& reader, const RegionNames& names) {
  std::vector<Region> regions;
  for (const auto& region : collect_regions(texts, file, LonePosition::alone)) {
    regions.push_back(names.settle(region));
  }
  return {regions, reader.header()};
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
    const auto indexed = reader.indexed_contigs();
    auto regions = collect(options.regions, options.regions_file, reader,
                           RegionNames(reader, contigs, indexed));
    auto axis = region_axis(regions, indexed, reader.header(), contigs);
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
    targets =
        collect(options.targets, options.targets_file, reader, RegionNames(reader, contigs, {}));
  }
  return std::make_unique<StreamedVariants>(reader, options, std::move(targets));
}

}  // namespace vio::source

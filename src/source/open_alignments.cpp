#include "source/alignment_sources.hpp"
#include "vio/core/error.hpp"

namespace vio::source {

std::unique_ptr<RecordSource> open_alignments(hts::AlignmentReader& reader,
                                              const AlignmentSourceOptions& options) {
  check_selection(options);
  if (options.by_region && !options.wants_regions()) {
    throw core::UsageError(
        "A row a region (--by region) needs regions that an index leads to; give them by -r or "
        "-R.");
  }
  if (options.wants_regions()) {
    reader.load_index();
    auto regions = read_regions_of(reader, options.regions, options.regions_file);
    if (options.by_region) {
      return std::make_unique<RegionAlignments>(reader, options, std::move(regions));
    }
    return std::make_unique<IndexedAlignments>(reader, options, merged(regions));
  }
  if (options.shard && reader.has_index()) {
    reader.load_index();
    return std::make_unique<IndexedAlignments>(reader, options, std::nullopt);
  }
  if (options.shard) return std::make_unique<ShardedAlignments>(reader, options);
  std::optional<ReadStretches> targets;
  if (options.wants_targets()) {
    targets = merged(read_regions_of(reader, options.targets, options.targets_file));
  }
  return std::make_unique<StreamedAlignments>(reader, options, std::move(targets));
}

}  // namespace vio::source

#include "vio/source/selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "source/regions.hpp"
#include "vio/core/error.hpp"

namespace vio::source {

std::vector<Region> collect_regions(const std::vector<std::string>& texts, const std::string& file,
                                    LonePosition lone) {
  std::vector<Region> regions;
  for (const auto& text : texts) {
    auto parsed = parse_regions(text, lone);
    std::move(parsed.begin(), parsed.end(), std::back_inserter(regions));
  }
  if (!file.empty()) {
    auto read = read_regions(file);
    std::move(read.begin(), read.end(), std::back_inserter(regions));
  }
  return regions;
}

void check_selection(const Selection& selection) {
  const auto refuse = [](const char* sentence) { throw core::UsageError(sentence); };
  if (selection.wants_regions() && selection.wants_targets()) {
    refuse("Regions (-r, -R) and targets (-t, -T) exclude each other; use one of them.");
  }
  if (selection.path == "-") {
    if (selection.wants_regions()) {
      refuse("Regions (-r, -R) need a file to seek in; for standard input use -t or -T.");
    }
    if (selection.targets_file == "-") {
      refuse("The sequences and the targets cannot both come from standard input; name a file.");
    }
    if (selection.shard) refuse("Standard input cannot be sharded; --shard needs a file.");
  }
  if (!selection.shard) return;
  if (selection.wants_targets()) {
    refuse("Streamed targets (-t, -T) cannot be sharded; use -r or -R with --shard.");
  }
  if (selection.shard->count < 1 || selection.shard->index < 1 ||
      selection.shard->index > selection.shard->count) {
    throw core::UsageError(fmt::format("--shard {}/{} is not possible; write i/n with 1 <= i <= n.",
                                       selection.shard->index, selection.shard->count));
  }
}

}  // namespace vio::source

#include <fmt/format.h>

#include <algorithm>

#include "source/indexed_source.hpp"
#include "source/shard_axis.hpp"
#include "vio/core/error.hpp"
#include "vio/source/contig_names.hpp"

namespace vio::source {

namespace {

struct Located {
  const hts::FastaEntry* entry = nullptr;
  core::GenomicInterval interval;
};

Located locate(const hts::FastaIndex& index, const Region& region, const std::string& file) {
  const auto* const shorter = index.find(region.interval.contig);
  const auto* const whole = region.whole_name ? index.find(*region.whole_name) : nullptr;
  if (shorter != nullptr && whole != nullptr) {
    throw core::UsageError(fmt::format(
        "region {0} can be read in two ways, because {1} has both a contig {2} and a contig {0}; "
        "write {{{0}}} for the contig or put braces around the shorter name.",
        *region.whole_name, file, region.interval.contig));
  }
  if (whole != nullptr) return {whole, {whole->name, 0, kOpenEnd}};
  if (shorter != nullptr) return {shorter, region.interval};
  const auto aliases = contig_aliases(region.interval.contig);
  const auto alias = std::find_if(aliases.begin(), aliases.end(),
                                  [&](const auto& name) { return index.find(name) != nullptr; });
  throw core::UsageError(fmt::format(
      "{} has no contig {}{}; correct the name in -r or -R.", file, region.interval.contig,
      alias != aliases.end() ? fmt::format(" (but it has {})", *alias) : ""));
}

}  // namespace

std::vector<PlannedUnit> plan_records(const hts::FastaIndex& index) {
  std::vector<PlannedUnit> plan;
  plan.reserve(index.entries().size());
  for (const auto& entry : index.entries()) {
    PlannedUnit unit;
    unit.entry = &entry;
    unit.ordinal = plan.size();
    unit.end = entry.length;
    unit.text_end = entry.length;
    plan.push_back(std::move(unit));
  }
  return plan;
}

std::vector<PlannedUnit> plan_regions(const hts::FastaIndex& index,
                                      const std::vector<Region>& regions, const std::string& file) {
  std::vector<PlannedUnit> plan;
  plan.reserve(regions.size());
  for (const auto& region : regions) {
    auto [entry, interval] = locate(index, region, file);
    PlannedUnit unit;
    unit.entry = entry;
    unit.ordinal = plan.size();
    unit.begin = interval.begin;
    unit.end = std::max(interval.begin, std::min(interval.end, entry->length));
    unit.text_begin = unit.begin;
    unit.text_end = unit.end;
    unit.asked = std::move(interval);
    plan.push_back(std::move(unit));
  }
  return plan;
}

std::vector<PlannedUnit> plan_shard(std::vector<PlannedUnit> plan, const SourceOptions& options) {
  std::int64_t total = 0;
  for (const auto& unit : plan) total += unit.end - unit.begin;
  const auto axis = shard_axis(total, *options.shard);
  std::vector<PlannedUnit> owned_plan;
  std::int64_t position = 0;
  for (auto& unit : plan) {
    const std::int64_t length = unit.end - unit.begin;
    const auto owned = owned_starts(axis, position, options.shard_whole_units);
    position += length;
    if (!owns_any(owned, length)) continue;
    if (owned.begin > 0) {
      unit.text_begin = unit.begin + owned.begin;
      unit.starts_begin = unit.text_begin;
    }
    // One position more than the windows need, so that none of them seems to be the unit's last.
    if (owned.end < length) {
      unit.starts_end = unit.begin + owned.end;
      unit.text_end = std::min(unit.end, unit.starts_end + options.window);
    }
    owned_plan.push_back(std::move(unit));
  }
  return owned_plan;
}

}  // namespace vio::source

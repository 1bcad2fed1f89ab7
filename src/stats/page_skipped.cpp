#include <fmt/format.h>

#include "stats/page_parts.hpp"
#include "vio/report/charts.hpp"

namespace vio::stats {

namespace {

struct Level {
  std::string name;
  const annotate::Tally& tally;
};

std::vector<Level> levels_of(const RunStats& stats) {
  std::vector<Level> levels{{"records", stats.accounting.records}};
  if (stats.variants) {
    levels.push_back({"alleles", stats.accounting.alleles});
  } else {
    levels.push_back({"windows", stats.accounting.windows});
  }
  return levels;
}

std::string key(const std::string& level, core::Status status) {
  return fmt::format("/{}/skipped/{}", level, core::status_name(status));
}

report::Table reason_table(const std::vector<Level>& levels) {
  report::Table table{"Why something was not scored", {"reason"}, {}};
  for (const auto& level : levels) table.columns.push_back(level.name);
  table.columns.emplace_back("meaning");
  for (std::size_t i = 0; i < core::kStatusCount; ++i) {
    const auto status = static_cast<core::Status>(i);
    std::vector<report::Cell> row{std::string(core::status_name(status))};
    std::uint64_t any = 0;
    for (const auto& level : levels) {
      const auto count = level.tally.skipped[i];
      any += count;
      // The stats JSON lists reasons that occurred only.
      row.emplace_back(number(count, count > 0 ? key(level.name, status) : std::string()));
    }
    row.emplace_back(std::string(core::status_meaning(status)));
    if (any > 0) table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

void add_skipped(report::Page& page, const RunStats& stats) {
  const auto levels = levels_of(stats);
  const auto& [unit, tally] = levels.back();
  page.section("Skipped");
  if (tally.skipped_total() == 0 && levels.front().tally.skipped_total() == 0) {
    page.paragraph("Nothing was skipped.");
    return;
  }
  page.facts({{fmt::format("fraction of {} skipped", unit),
               report::Number{tally.skipped_fraction(), {}, 6}}});
  report::BarChart chart;
  chart.text = {fmt::format("Bar chart: skipped {} by reason", unit),
                "The numbers are in the table below the chart."};
  for (std::size_t i = 0; i < tally.skipped.size(); ++i) {
    if (tally.skipped[i] == 0) continue;
    const auto status = static_cast<core::Status>(i);
    chart.bars.push_back(
        {std::string(core::status_name(status)), number(tally.skipped[i], key(unit, status))});
  }
  page.figure({fmt::format("Skipped {} by reason.", unit), report::bar_chart(chart)});
  page.table(reason_table(levels));
}

}  // namespace vio::stats

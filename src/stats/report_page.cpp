#include <fmt/format.h>

#include <filesystem>

#include "stats/page_parts.hpp"
#include "vio/stats/reports.hpp"

namespace vio::stats {

namespace {

using report::Number;

std::string input_name(const RunStats& stats) {
  if (stats.input_path == "-") return "standard input";
  return stats.input_path.empty() ? "several files"
                                  : std::filesystem::path(stats.input_path).filename().string();
}

std::string lead(const RunStats& stats) {
  const auto& tally = stats.tally();
  return fmt::format("Model {}, {} input: {} of {} {} scored.", stats.model_name,
                     stats.input_format, report::shown({static_cast<double>(tally.scored)}),
                     report::shown({static_cast<double>(tally.read)}),
                     stats.variants ? "alleles" : "windows");
}

void add_counts(report::Page& page, const RunStats& stats) {
  page.section("What was scored");
  report::Facts facts{
      {"input", input_name(stats)},
      {"records read", number(stats.accounting.records.read, "/records/read")},
      {"records scored", number(stats.accounting.records.scored, "/records/scored")}};
  const auto add = [&](std::string_view unit, const annotate::Tally& tally) {
    facts.emplace_back(fmt::format("{} read", unit),
                       number(tally.read, fmt::format("/{}/read", unit)));
    facts.emplace_back(fmt::format("{} scored", unit),
                       number(tally.scored, fmt::format("/{}/scored", unit)));
  };
  if (stats.variants) add("alleles", stats.accounting.alleles);
  add("windows", stats.accounting.windows);
  if (stats.records_filtered) {
    facts.emplace_back("reads left out by filters",
                       number(*stats.records_filtered, "/input/filtered"));
  }
  facts.emplace_back("bases in scored windows",
                     number(stats.positions_requested, "/positions/requested"));
  if (stats.shard) {
    facts.emplace_back("shard", fmt::format("{} of {}", stats.shard->index, stats.shard->count));
  }
  facts.emplace_back("model", stats.model_name);
  facts.emplace_back("model SHA-256", stats.model_sha256);
  page.facts(facts);
  if (!stats.options.empty()) {
    report::Table table{"Options that decide the numbers", {"option", "value"}, {}};
    for (const auto& [name, value] : stats.options) table.rows.push_back({"--" + name, value});
    page.table(table);
  }
}

void add_run(report::Page& page, const RunStats& stats) {
  constexpr double kMebibyte = 1024.0 * 1024.0;
  page.section("The run");
  page.paragraph("What differs from run to run over one input stands here, and only here.");
  report::Facts facts{
      {"windows a second", Number{stats.windows_per_second(), {}, 1}},
      {"seconds", Number{stats.seconds.total, "/seconds/total", 2}},
      {"seconds of reading", Number{stats.seconds.reading, "/seconds/reading", 2}},
      {"seconds of scoring, all threads", Number{stats.seconds.scoring, "/seconds/scoring", 2}},
      {"seconds of writing", Number{stats.seconds.writing, "/seconds/writing", 2}},
      {"peak memory, MiB", Number{static_cast<double>(stats.peak_memory_bytes) / kMebibyte, {}, 1}},
      {"threads", number(static_cast<std::uint64_t>(stats.threads), "/threads")},
      {"engine", stats.engine},
      {"device", stats.device},
      {"bases that went through the network",
       number(stats.positions_computed, "/positions/computed")},
      {"vio-annotate", stats.version}};
  if (stats.parts > 1) {
    facts.emplace_back("merged runs", number(static_cast<std::uint64_t>(stats.parts), "/parts"));
    facts.emplace_back("seconds of the longest",
                       Number{stats.seconds.longest, "/seconds/longest", 2});
  }
  page.facts(facts);
  page.paragraph("Command: " + stats.command);
}

}  // namespace

report::Number number(std::uint64_t count, std::string key) {
  return {static_cast<double>(count), std::move(key)};
}

std::string report_page(const RunStats& stats, RunSection run) {
  report::Page page(fmt::format("vio-annotate: {}", stats.sample), lead(stats));
  add_counts(page, stats);
  add_classes(page, stats);
  add_scores(page, stats);
  if (stats.variants) add_deltas(page, stats);
  add_skipped(page, stats);
  add_tracks(page, stats);
  if (run == RunSection::shown) add_run(page, stats);
  return page.html();
}

}  // namespace vio::stats

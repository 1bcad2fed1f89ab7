#include "stats.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "vio/core/version.hpp"

namespace vio::cli {

namespace {

using Json = nlohmann::ordered_json;

Json tally_json(const annotate::Tally& tally) {
  Json skipped = Json::object();
  for (std::size_t i = 0; i < tally.skipped.size(); ++i) {
    if (tally.skipped[i] > 0) {
      skipped[std::string(core::status_name(static_cast<core::Status>(i)))] = tally.skipped[i];
    }
  }
  return {{"read", tally.read}, {"scored", tally.scored}, {"skipped", std::move(skipped)}};
}

/// Linux's getrusage carries over the peak of the process that started us, VmHWM does not.
std::int64_t peak_memory_bytes() {
  constexpr std::int64_t kKibibyte = 1024;
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    std::int64_t kibibytes = 0;
    if (std::sscanf(line.c_str(), "VmHWM: %" SCNd64, &kibibytes) == 1) {
      return kibibytes * kKibibyte;
    }
  }
  struct rusage usage {};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss * kKibibyte;
}

std::string skipped_text(const annotate::Tally& tally) {
  std::string reasons;
  for (std::size_t i = 0; i < tally.skipped.size(); ++i) {
    if (tally.skipped[i] > 0) {
      reasons += fmt::format("{}{} {}", reasons.empty() ? "" : ", ", tally.skipped[i],
                             core::status_name(static_cast<core::Status>(i)));
    }
  }
  return reasons.empty() ? "0 skipped"
                         : fmt::format("{} skipped ({})", tally.skipped_total(), reasons);
}

std::string counted(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace

std::string stats_json(const RunFacts& facts, const model::Model& model,
                       const pipeline::Summary& summary) {
  Json stats = {
      {"version", std::string(core::version())},
      {"command", facts.command},
      {"model", {{"name", model.card.name}, {"sha256", model.sha256}}},
      {"engine", facts.engine},
      {"device", facts.device},
      {"threads", facts.threads},
      {"input", {{"format", facts.input_format}, {"records", summary.accounting.records.read}}},
      {"records", tally_json(summary.accounting.records)},
      {"alleles", tally_json(summary.accounting.alleles)},
      {"windows", tally_json(summary.accounting.windows)},
      {"positions",
       {{"requested", summary.positions_requested}, {"computed", summary.positions_computed}}},
      {"seconds",
       {{"total", facts.total_seconds},
        {"reading", summary.reading_seconds},
        {"scoring", summary.scoring_seconds},
        {"writing", summary.writing_seconds}}},
      {"peak_memory_bytes", peak_memory_bytes()}};
  if (!facts.variants) stats.erase("alleles");
  if (facts.filters) stats["input"]["filtered"] = summary.records_filtered;
  return stats.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string summary_line(const RunFacts& facts, const pipeline::Summary& summary) {
  const auto& windows = summary.accounting.windows;
  const auto& tally = facts.variants ? summary.accounting.alleles : windows;
  return fmt::format("{}, {}: {} scored, {}; {:.1f} s, {:.0f} windows/s; engine {} on {}, {}",
                     counted(summary.accounting.records.read, "record"),
                     counted(tally.read, facts.variants ? "allele" : "window"), tally.scored,
                     skipped_text(tally), facts.total_seconds,
                     static_cast<double>(windows.scored) / std::max(facts.total_seconds, 1e-9),
                     facts.engine, facts.device,
                     counted(static_cast<std::uint64_t>(facts.threads), "thread"));
}

}  // namespace vio::cli

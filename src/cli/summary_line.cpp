#include "summary_line.hpp"

#include <fmt/format.h>

namespace vio::cli {

namespace {

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

std::string summary_line(const stats::RunStats& stats) {
  const auto& tally = stats.tally();
  return fmt::format("{}, {}: {} scored, {}; {:.1f} s, {:.0f} windows/s; engine {} on {}, {}",
                     counted(stats.accounting.records.read, "record"),
                     counted(tally.read, stats.variants ? "allele" : "window"), tally.scored,
                     skipped_text(tally), stats.seconds.total, stats.windows_per_second(),
                     stats.engine, stats.device,
                     counted(static_cast<std::uint64_t>(stats.threads), "thread"));
}

}  // namespace vio::cli

#pragma once

#include <optional>
#include <string>
#include <vector>

namespace vio::source {

/// Part `index` (1-based) of `count`, as in --shard 2/7.
struct Shard {
  int index = 1;
  int count = 1;
};

/// An input, and what of it is wanted.
struct Selection {
  std::string path = "-";            ///< `-` is standard input
  std::vector<std::string> regions;  ///< -r: 1-based `contig:from-to`, index-driven
  std::string regions_file;          ///< -R: BED (0-based) or `contig from to` (1-based)
  std::vector<std::string> targets;  ///< -t: as -r, but streamed
  std::string targets_file;          ///< -T: as -R, but streamed
  std::optional<Shard> shard;

  [[nodiscard]] bool wants_regions() const noexcept {
    return !regions.empty() || !regions_file.empty();
  }
  [[nodiscard]] bool wants_targets() const noexcept {
    return !targets.empty() || !targets_file.empty();
  }
};

/// Throws core::UsageError where the parts of a selection contradict each other.
void check_selection(const Selection& selection);

}  // namespace vio::source

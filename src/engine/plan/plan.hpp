#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "engine/plan/reach.hpp"
#include "vio/window/window.hpp"

namespace vio::engine {

/// A window on a run. Positions are the window's own (after edit and strand) or the run's, both
/// 0-based; `begin` and `end` are the run's.
struct Placement {
  std::size_t window = 0;  ///< which one of the batch
  std::int64_t begin = 0;
  std::int64_t end = 0;
  /// The edit as far as it differs from the run: the window's positions [edit_begin, edit_begin +
  /// alt.size()) stand for `ref_length` of the run's. Without an edit both are empty, at the end.
  std::int64_t edit_begin = 0;
  std::int64_t ref_length = 0;
  std::span<const core::Code> alt;

  [[nodiscard]] std::int64_t length() const noexcept {
    return end - begin - ref_length + static_cast<std::int64_t>(alt.size());
  }
  [[nodiscard]] std::int64_t edit_end() const noexcept {
    return edit_begin + static_cast<std::int64_t>(alt.size());
  }
  /// The run's position of one of the window's outside the edit.
  [[nodiscard]] std::int64_t on_run(std::int64_t position) const noexcept {
    return position < edit_end() ? begin + position
                                 : begin + position - edit_end() + edit_begin + ref_length;
  }
};

/// Positions [begin, end) of a window (possibly none) where its symbols, or what lies beside them,
/// are not the run's: an edge, an edit, or several that are so close that their effects meet. After
/// a layer that reaches r the features of [begin - r, end + r) are the window's own.
struct Region {
  /// Windows of a run that begin, or end, at the same position have the same edge.
  enum class Kind : std::uint8_t { left_edge, right_edge, own };
  std::int64_t begin = 0;
  std::int64_t end = 0;
  Kind kind = Kind::own;
};

/// A stretch of symbols whose features are computed once for all windows on it.
struct Run {
  const window::Block* block = nullptr;
  std::int64_t begin = 0;  ///< on the block
  std::int64_t end = 0;
  bool reverse = false;
  /// One window, which is the run with its edit: placement and regions are of no use.
  bool alone = false;
  std::size_t first = 0;  ///< placements [first, last) of the plan
  std::size_t last = 0;

  [[nodiscard]] std::int64_t length() const noexcept { return end - begin; }
  /// Its symbols, as a window without an edit.
  [[nodiscard]] window::Window view() const noexcept;
};

/// Which work the windows of a batch share. It says nothing about how.
struct Plan {
  std::vector<Run> runs;
  std::vector<Placement> placements;
  std::vector<core::Code> alts;  ///< complemented ones; placements view them
};

class Planner {
 public:
  /// The first `folded` blocks count as part of the stem.
  explicit Planner(const model::Spec& spec, std::size_t folded = 0);

  /// Plans a batch: windows on the same block and strand share a run where that saves work, as long
  /// as it has at most `longest_run` positions. The plan views the windows' blocks and alleles.
  /// Thread-safe.
  [[nodiscard]] Plan plan(
      std::span<const window::Window> windows,
      std::int64_t longest_run = std::numeric_limits<std::int64_t>::max()) const;

  /// What a run of `run_length` positions does not know of a window on it, from left to right.
  void regions(const Placement& placement, std::int64_t run_length,
               std::vector<Region>& regions) const;

  /// What a window's final features come from, left to right: share(begin, end) for positions of
  /// the run, own(region) for what the window needs features of its own for. `regions` is memory to
  /// keep.
  template <typename Share, typename Own>
  void split(const Placement& placement, std::int64_t run_length, std::vector<Region>& regions,
             Share share, Own own) const {
    const auto radius = reach_.radius();
    std::int64_t from = 0;
    const auto share_until = [&](std::int64_t to) {
      if (from < to) {
        const auto begin = placement.on_run(from);
        share(begin, begin + to - from);
      }
    };
    this->regions(placement, run_length, regions);
    for (const auto& region : regions) {
      share_until(region.begin - radius);
      own(region);
      from = region.end + radius;
    }
    share_until(placement.length());
  }

  [[nodiscard]] const Reach& reach() const noexcept { return reach_; }

 private:
  [[nodiscard]] bool can_share(const window::Window& window) const noexcept;
  [[nodiscard]] bool joins(const Run& run, const window::Window& window) const noexcept;
  [[nodiscard]] Placement place(const Run& run, std::size_t index, const window::Window& window,
                                std::vector<core::Code>& alts) const;

  Reach reach_;
  core::Alphabet alphabet_;
  std::int64_t fixed_window_;  ///< 0: none
  bool mergeable_;             ///< pooling merges without looking at features twice
};

}  // namespace vio::engine

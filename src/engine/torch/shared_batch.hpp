#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/plan/plan.hpp"
#include "vio/core/alphabet.hpp"
#include "vio/model/spec.hpp"

namespace vio::engine {

/// Runs of a plan and what their windows do not share, laid out for a device: all runs as one row,
/// regions as rows of batches, and for every window the list of what is pooled.
struct SharedBatch {
  /// Positions of a run that are pooled once for all windows which hold them all.
  static constexpr std::int64_t kBlock = 32;

  /// Regions of similar length, one a column. Row w is position begin - before + w of the region's
  /// window.
  struct Regions {
    std::int64_t longest = 0;           ///< positions of the longest region
    std::int64_t before = 0;            ///< rows before the regions; none if windows begin there
    std::int64_t after = 0;             ///< rows after the longest; none if windows end there
    std::vector<std::int32_t> lengths;  ///< [K]
    std::vector<core::Code> codes;      ///< [rows, K], padding where the window has no position
    std::vector<std::int32_t> places;   ///< [rows, K], where runs have that position; -1 where the
                                        ///< window has none

    /// Rows within `around` positions of the longest region.
    [[nodiscard]] std::int64_t rows(std::int64_t around) const noexcept {
      return std::min(before, around) + longest + std::min(after, around);
    }
  };

  std::vector<core::Code> codes;  ///< [P] of all runs, padding between them; P is whole blocks
  std::vector<Regions> regions;
  /// What is pooled into window i: members [offsets[i], offsets[i + 1]). A member is a position of
  /// `codes`, after those a block of them, after those a column of `regions`, group by group.
  std::vector<std::int32_t> members;
  std::vector<std::int32_t> offsets;  ///< [n_windows + 1]
  std::vector<std::int64_t> lengths;  ///< [n_windows]
  std::vector<std::uint8_t> whole;    ///< [n_windows], 0 or 1
  std::vector<std::size_t> windows;   ///< [n_windows], which ones of the batch that was planned

  /// Positions that go through the network, layers weighted with their operations.
  std::uint64_t positions_computed = 0;
};

/// Lays out run after run.
class SharedLayout {
 public:
  /// The planner must outlive the layout.
  SharedLayout(const Planner& planner, const model::Spec& spec);

  /// `placements` are those of `run`, which is not alone, `windows` the planned batch.
  void add(const Run& run, std::span<const Placement> placements,
           std::span<const window::Window> windows);

  /// Positions that a device must hold at once, at most.
  [[nodiscard]] std::int64_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return batch_.windows.empty(); }

  /// Everything added, after which the layout is empty again.
  [[nodiscard]] SharedBatch finish();

 private:
  /// Positions [begin, end) of the row of all runs.
  struct Stretch {
    std::int64_t begin;
    std::int64_t end;
  };
  /// A region of one window, or an edge of several.
  struct Own {
    Placement window;
    Region region;
    std::int64_t run_begin;   ///< in the row of all runs
    std::int32_t column = 0;  ///< among the members of a window, once laid out
  };
  struct Pooled {
    std::vector<Stretch> stretches;
    std::vector<std::size_t> own;
  };
  using Edges = std::unordered_map<std::int64_t, std::size_t>;

  void split(const Placement& window, const Run& run, std::int64_t run_begin);
  [[nodiscard]] std::size_t own(const Placement& window, Region region, std::int64_t run_begin);
  void lay_out_regions();
  /// Regions that go in the same batch.
  void lay_out(std::span<const std::size_t> group);
  void write_column(const Own& own, std::size_t column, SharedBatch::Regions& regions) const;
  void list_members(const Pooled& pooled);
  void count_positions();

  const Planner& planner_;
  const model::Spec& spec_;
  std::int64_t margin_;
  std::int64_t gap_;
  std::int64_t size_ = 0;
  SharedBatch batch_;
  std::vector<Own> own_;
  std::vector<Pooled> pooled_;  ///< one a window
  std::vector<Region> regions_;
  Edges left_edges_;  ///< of the current run, by where they are
  Edges right_edges_;
};

}  // namespace vio::engine

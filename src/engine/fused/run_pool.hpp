#pragma once

#include <cstdint>
#include <vector>

#include "engine/fused/pool.hpp"
#include "engine/fused/rows.hpp"

namespace vio::engine::fused {

/// Pools many overlapping stretches of a run while its final features pass by once. The sums of a
/// stretch are a difference of running totals, which fixed point makes exact; maxima are kept for
/// aligned blocks of positions.
class RunPool {
 public:
  /// Positions of a block of maxima. advance() stops at multiples of it, or at the run's end.
  static constexpr std::int64_t kBlock = 16;

  explicit RunPool(const Pool& pool) : pool_(pool) {}

  /// Begins a run.
  void start();
  /// Positions [begin, end) of the run count in the aggregate of window `window`. To be said before
  /// the first advance().
  void want(std::size_t window, std::int64_t begin, std::int64_t end);
  /// Pools features up to position `until`. Rows of the last kBlock positions before that are read
  /// again in the next call.
  void advance(const Rows& features, std::int64_t until, Aggregates& windows,
               Pool::Scratch& scratch);

 private:
  struct Stop {
    std::int64_t at;
    std::size_t stretch;
    bool is_begin;
  };
  struct Stretch {
    std::size_t window;
    std::int64_t begin;
    std::int64_t end;
  };

  void take(const Rows& features, std::int64_t until, Pool::Scratch& scratch);
  void reach(const Stop& stop, const Rows& features, Aggregate window);
  void begin_maxima(const Stretch& stretch, const Rows& features, float* maxima) const;
  void end_maxima(const Stretch& stretch, const Rows& features, float* maxima) const;

  const Pool& pool_;
  std::vector<Stretch> stretches_;
  std::vector<Stop> stops_;
  std::size_t next_stop_ = 0;
  bool sorted_ = false;
  std::int64_t done_ = 0;
  Aggregates total_;             ///< one: of [0, done_)
  AlignedVector<float> blocks_;  ///< maxima [blocks, units * 16] of whole or begun blocks
};

}  // namespace vio::engine::fused

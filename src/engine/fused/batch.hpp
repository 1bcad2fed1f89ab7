#pragma once

#include <span>
#include <vector>

#include "engine/fused/padding.hpp"
#include "engine/fused/region.hpp"
#include "engine/fused/run_pool.hpp"

namespace vio::engine::fused {

/// A model's layers and pooling, packed: what threads share.
struct Network {
  Network(const model::Model& model, const Kernels& kernels);

  const model::Spec& spec;
  const Kernels& kernels;
  PackedStack stack;
  Planner planner;
  Pool pool;
  Padding padding;
};

/// Pools the windows of batches, one after the other, in memory that it keeps. For one thread.
class BatchPooler {
 public:
  explicit BatchPooler(const Network& network);

  /// Writes the pooled vector of window i to rows + i * stride. Returns useful floating-point
  /// operations.
  std::uint64_t pool(std::span<const window::Window> windows, float* rows, std::size_t stride);

 private:
  /// A region of a window, and when it can be computed.
  struct Job {
    std::int64_t ready;
    std::int64_t edge;  ///< of the run, where the window begins or, for a right edge, ends
    const Placement* window;
    Region region;

    /// Whether this is the other one's work too.
    [[nodiscard]] bool same_as(const Job& other) const noexcept {
      return region.kind != Region::Kind::own && region.kind == other.region.kind &&
             edge == other.edge;
    }
  };

  void pool_alone(const window::Window& window, std::size_t index);
  void pool_shared(std::span<const Placement> placements, const Run& run);
  /// What of a window comes from the run, and what is its own.
  void split(const Placement& window, std::int64_t run_length);
  /// The symbols of a run, with the stem's reach of padding around them.
  const core::Code* load(const window::Window& view, std::int64_t length);
  /// Positions of every layer that the jobs read behind final features.
  [[nodiscard]] std::int64_t kept() const;
  /// Streams final features [0, until) past the pooling, and does jobs when they are ready.
  void stream(std::int64_t until);
  /// The gates of a gated block, of all regions at once: few rows fill no tiles of their own.
  void compute_gates(std::span<RegionFeatures> regions, std::size_t layer);
  /// Jobs that are the same work stand beside each other.
  void recompute(std::span<const Job> jobs);
  /// Starts as many regions as fit together and returns the jobs that they serve.
  std::span<const Job> start(std::span<const Job> jobs);
  /// Finishes a region and adds it to the windows of the jobs that it serves.
  void pool_region(RegionFeatures& region, std::span<const Job> jobs);
  void add_recomputed(const Job& job);

  const Network& network_;
  Stream stream_;
  std::vector<RegionFeatures> together_;
  ScatteredRows gates_;
  std::vector<std::size_t> starts_;  ///< the first job of each of them
  RunPool run_pool_;
  Aggregates aggregates_;  ///< one a window
  Aggregates recomputed_;  ///< one: of the last job's region
  Pool::Scratch scratch_;
  std::vector<core::Code> codes_;
  std::vector<Region> regions_;
  std::vector<Job> jobs_;
  std::uint64_t flops_ = 0;
};

}  // namespace vio::engine::fused

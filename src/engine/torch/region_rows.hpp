#pragma once

#include <torch/types.h>

#include "engine/plan/reach.hpp"
#include "vio/engine/torch/network.hpp"

namespace vio::engine {

/// A batch of regions on its way through the layers. Features are kept as far as they are the
/// regions' own; what a layer reads beside them comes from the shared features of the same layer.
class RegionRows {
 public:
  /// Both must outlive this.
  RegionRows(const SharedRows::Regions& regions, const Reach& reach)
      : regions_(regions), reach_(reach) {}

  /// uint8 [W, K], what the stem reads.
  [[nodiscard]] torch::Tensor codes() const;
  /// Takes what the stem made of codes().
  void set_stem(const torch::Tensor& x_wkc);

  /// Whether block `i` has anything to do: regions without positions begin to matter with the first
  /// layer that looks beside a position.
  [[nodiscard]] bool needs(std::size_t i) const { return rows(reach_.read_by(i + 1)) > 0; }
  /// Features that block `i` reads, [W, K, C]: own ones, around them those of `shared_pc` [P, C].
  [[nodiscard]] torch::Tensor read_by(std::size_t i, const torch::Tensor& shared_pc) const;
  /// [W, K, 1], 1 where the positions that block `i` reads exist.
  [[nodiscard]] torch::Tensor exists_for(std::size_t i) const;
  /// Takes what block `i` made of them.
  void set_block(std::size_t i, const torch::Tensor& x_wkc);

  /// Features after the last layer set, [W, K, C].
  [[nodiscard]] const torch::Tensor& features() const noexcept { return x_wkc_; }
  /// [W, K, 1], 1 where final features are a region's own and exist.
  [[nodiscard]] torch::Tensor pooled() const;

 private:
  /// Rows within `around` positions of the longest region.
  [[nodiscard]] std::int64_t rows(std::int64_t around) const;
  /// rows(around) out of a tensor of rows(margin).
  [[nodiscard]] torch::Tensor middle(const torch::Tensor& x, std::int64_t margin,
                                     std::int64_t around) const;
  [[nodiscard]] torch::Tensor places(std::int64_t around) const;
  /// [rows(reach), K, 1], whether a position is at most `reach` beside the column's region.
  [[nodiscard]] torch::Tensor own(std::int64_t reach) const;

  const SharedRows::Regions& regions_;
  const Reach& reach_;
  torch::Tensor x_wkc_;
};

}  // namespace vio::engine

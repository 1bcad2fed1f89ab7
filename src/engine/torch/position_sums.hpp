#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

#include "engine/torch/pooling.hpp"

namespace vio::engine {

/// Reductions over the pooled positions of every row, whether rows are padded, packed or share
/// work.
class PositionSums {
 public:
  explicit PositionSums(const PooledPositions& where);

  /// x_lnc [L, N, C] (packed: [L, R, C], shared: [Q, 1, C]) to [N, C].
  [[nodiscard]] torch::Tensor sum(const torch::Tensor& x_lnc) const;
  [[nodiscard]] torch::Tensor max(const torch::Tensor& x_lnc) const;
  [[nodiscard]] torch::Tensor log_sum_exp(const torch::Tensor& x_lnc) const;
  /// [N, 1].
  [[nodiscard]] const torch::Tensor& counts() const noexcept { return where_.counts_n1; }

 private:
  [[nodiscard]] bool packed() const { return where_.segments_ln.defined(); }
  /// The positions of every packed sequence, [positions, C] each.
  [[nodiscard]] std::vector<torch::Tensor> pieces(const torch::Tensor& x_lnc) const;

  enum class Reduction : std::int64_t { sum = 0, max = 2 };  ///< embedding_bag's numbers
  [[nodiscard]] torch::Tensor reduce_shared(const torch::Tensor& x_lnc, Reduction reduction) const;

  const PooledPositions& where_;
  torch::Tensor member_np_;  ///< packed: [N, L * R], 1 where a position belongs to a row
};

}  // namespace vio::engine

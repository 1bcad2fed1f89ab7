#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/linear.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "vio/model/spec.hpp"

namespace vio::engine {

/// What is pooled of windows that share work: x_lnc is then [Q, 1, C], the shared positions first,
/// then the positions of every batch of regions.
struct SharedPooling {
  std::int64_t positions = 0;  ///< shared ones, P
  std::int64_t block = 1;
  std::vector<torch::Tensor> regions_wk1;  ///< [W, K, 1], 1 at pooled positions
  torch::Tensor members;                   ///< as in SharedRows
  torch::Tensor offsets;
};

/// Which positions are pooled into which row.
struct PooledPositions {
  torch::Tensor mask_ln1;     ///< [L, N, 1], 1 at pooled positions; undefined if all are
  torch::Tensor segments_ln;  ///< packed rows: int64 [L, R], the row of each position or -1
  torch::Tensor counts_n1;    ///< [N, 1], pooled positions of each row
  std::optional<SharedPooling> shared = std::nullopt;
};

class PositionSums;

/// Per-position features to one vector a row: the spec's pooling kinds, concatenated.
class Pooling final : public torch::nn::Module {
 public:
  Pooling(const model::PoolingSpec& spec, int channels);

  /// x_lnc [L, N, C], or [L, R, C] of packed rows, or [Q, 1, C] of shared work. Returns [N, pooled
  /// features].
  torch::Tensor forward(const torch::Tensor& x_lnc, const PooledPositions& where);

 private:
  torch::Tensor pool(model::PoolKind kind, const torch::Tensor& x_lnc, const PositionSums& sums);
  torch::Tensor attend(const torch::Tensor& x_lnc, const PositionSums& sums);

  model::PoolingSpec spec_;
  torch::nn::Linear score_{nullptr};
  torch::nn::Linear value_{nullptr};
};

}  // namespace vio::engine

#include "engine/torch/pooling.hpp"

#include <algorithm>
#include <vector>

#include "engine/torch/position_sums.hpp"
#include "vio/core/error.hpp"

namespace vio::engine {

using model::PoolKind;
using torch::Tensor;

Pooling::Pooling(const model::PoolingSpec& spec, int channels) : spec_(spec) {
  if (std::find(spec.kinds.begin(), spec.kinds.end(), PoolKind::attention) != spec.kinds.end()) {
    score_ = register_module("score", torch::nn::Linear(channels, spec.heads));
    value_ = register_module("value", torch::nn::Linear(channels, channels));
  }
}

Tensor Pooling::forward(const Tensor& x_lnc, const PooledPositions& where) {
  const PositionSums sums(where);
  std::vector<Tensor> pooled;
  pooled.reserve(spec_.kinds.size());
  for (const PoolKind kind : spec_.kinds) {
    pooled.push_back(pool(kind, x_lnc, sums));
  }
  return torch::cat(pooled, 1);
}

Tensor Pooling::pool(PoolKind kind, const Tensor& x_lnc, const PositionSums& sums) {
  switch (kind) {
    case PoolKind::mean:
      return sums.sum(x_lnc) / sums.counts();
    case PoolKind::sum:
      return sums.sum(x_lnc);
    case PoolKind::max:
      return sums.max(x_lnc);
    case PoolKind::log_sum_exp:
      return sums.log_sum_exp(x_lnc) - sums.counts().log();
    case PoolKind::attention:
      return attend(x_lnc, sums);
  }
  throw core::InternalError("the torch engine met a kind of pooling that it does not know");
}

Tensor Pooling::attend(const Tensor& x_lnc, const PositionSums& sums) {
  const double bound = spec_.score_bound;
  const Tensor weights_lnh = ((score_(x_lnc) / bound).tanh() * bound).exp();
  const auto channels = x_lnc.size(2);
  const Tensor values =
      value_(x_lnc).view({x_lnc.size(0), x_lnc.size(1), spec_.heads, channels / spec_.heads});
  const Tensor weighted_nc = sums.sum((values * weights_lnh.unsqueeze(3)).flatten(2));
  const Tensor weight_nh = sums.sum(weights_lnh);
  return (weighted_nc.view({-1, spec_.heads, channels / spec_.heads}) / weight_nh.unsqueeze(2))
      .flatten(1);
}

}  // namespace vio::engine

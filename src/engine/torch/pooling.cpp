#include "engine/torch/pooling.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include "vio/core/error.hpp"

namespace vio::engine {

using model::PoolKind;
using torch::Tensor;

namespace {

Tensor zero_unpooled(const Tensor& x_lnc, const Tensor& mask_ln1) {
  return mask_ln1.defined() ? x_lnc * mask_ln1 : x_lnc;
}

Tensor sink_unpooled(const Tensor& x_lnc, const Tensor& mask_ln1) {
  constexpr float kLowest = -std::numeric_limits<float>::infinity();
  return mask_ln1.defined() ? x_lnc.masked_fill(mask_ln1 == 0, kLowest) : x_lnc;
}

}  // namespace

Pooling::Pooling(const model::PoolingSpec& spec, int channels) : spec_(spec) {
  if (std::find(spec.kinds.begin(), spec.kinds.end(), PoolKind::attention) != spec.kinds.end()) {
    score_ = register_module("score", torch::nn::Linear(channels, spec.heads));
    value_ = register_module("value", torch::nn::Linear(channels, channels));
  }
}

Tensor Pooling::forward(const Tensor& x_lnc, const Tensor& mask_ln1, const Tensor& counts_n1) {
  std::vector<Tensor> pooled;
  pooled.reserve(spec_.kinds.size());
  for (const PoolKind kind : spec_.kinds) {
    pooled.push_back(pool(kind, x_lnc, mask_ln1, counts_n1));
  }
  return torch::cat(pooled, 1);
}

Tensor Pooling::pool(PoolKind kind, const Tensor& x_lnc, const Tensor& mask_ln1,
                     const Tensor& counts_n1) {
  switch (kind) {
    case PoolKind::mean:
      return zero_unpooled(x_lnc, mask_ln1).sum(0) / counts_n1;
    case PoolKind::sum:
      return zero_unpooled(x_lnc, mask_ln1).sum(0);
    case PoolKind::max:
      return sink_unpooled(x_lnc, mask_ln1).amax(0);
    case PoolKind::log_sum_exp:
      return sink_unpooled(x_lnc, mask_ln1).logsumexp(0) - counts_n1.log();
    case PoolKind::attention:
      return attend(x_lnc, mask_ln1);
  }
  throw core::InternalError("the torch engine met a kind of pooling that it does not know");
}

Tensor Pooling::attend(const Tensor& x_lnc, const Tensor& mask_ln1) {
  const double bound = spec_.score_bound;
  const Tensor weights_lnh =
      zero_unpooled(((score_(x_lnc) / bound).tanh() * bound).exp(), mask_ln1);
  const auto rows = x_lnc.size(1);
  const auto channels = x_lnc.size(2);
  const Tensor values = value_(x_lnc).view({-1, rows, spec_.heads, channels / spec_.heads});
  const Tensor sums = (values * weights_lnh.unsqueeze(3)).sum(0);
  return (sums / weights_lnh.sum(0).unsqueeze(2)).reshape({rows, channels});
}

}  // namespace vio::engine

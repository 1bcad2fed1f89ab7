#include "engine/torch/position_sums.hpp"

#include <limits>
#include <tuple>
#include <vector>

#include "vio/core/error.hpp"

namespace vio::engine {

using torch::Tensor;

namespace {

constexpr float kLowest = -std::numeric_limits<float>::infinity();

Tensor sink_unpooled(const Tensor& x_lnc, const Tensor& mask_ln1) {
  return mask_ln1.defined() ? x_lnc.masked_fill(mask_ln1 == 0, kLowest) : x_lnc;
}

}  // namespace

PositionSums::PositionSums(const PooledPositions& where) : where_(where) {
  if (packed()) {
    const auto rows = where.counts_n1.size(0);
    const Tensor rows_n1 = torch::arange(rows, where.segments_ln.options()).unsqueeze(1);
    member_np_ = (where.segments_ln.flatten() == rows_n1).to(torch::kFloat);
  }
}

Tensor PositionSums::reduce_shared(const Tensor& x_lnc, Reduction reduction) const {
  const auto& shared = *where_.shared;
  const auto channels = x_lnc.size(2);
  const auto over_first = [&](const Tensor& x) {
    return reduction == Reduction::sum ? x.sum(0) : x.amax(0);
  };
  const Tensor positions = x_lnc.narrow(0, 0, shared.positions).view({-1, channels});
  const Tensor blocks = positions.view({-1, shared.block, channels}).transpose(0, 1);
  std::vector<Tensor> table{positions, over_first(blocks)};
  std::int64_t begin = shared.positions;
  for (const Tensor& pooled_wk1 : shared.regions_wk1) {
    const auto count = pooled_wk1.size(0) * pooled_wk1.size(1);
    const Tensor x_wkc =
        x_lnc.narrow(0, begin, count).view({pooled_wk1.size(0), pooled_wk1.size(1), channels});
    table.push_back(over_first(reduction == Reduction::sum ? x_wkc * pooled_wk1
                                                           : sink_unpooled(x_wkc, pooled_wk1)));
    begin += count;
  }
  return std::get<0>(torch::embedding_bag(torch::cat(table), shared.members, shared.offsets,
                                          /*scale_grad_by_freq=*/false,
                                          static_cast<std::int64_t>(reduction), /*sparse=*/false,
                                          /*per_sample_weights=*/{},
                                          /*include_last_offset=*/true));
}

Tensor PositionSums::sum(const Tensor& x_lnc) const {
  if (where_.shared) {
    return reduce_shared(x_lnc, Reduction::sum);
  }
  if (packed()) {
    // A matrix product of mostly zeros is still cheaper than gathering, and so is its gradient.
    return member_np_.matmul(x_lnc.flatten(0, 1));
  }
  return (where_.mask_ln1.defined() ? x_lnc * where_.mask_ln1 : x_lnc).sum(0);
}

std::vector<Tensor> PositionSums::pieces(const Tensor& x_lnc) const {
  const Tensor segments = where_.segments_ln.flatten();
  const Tensor real = (segments >= 0).nonzero().squeeze(1);
  const Tensor by_row = real.index_select(0, segments.index_select(0, real).argsort());
  const Tensor counts = where_.counts_n1.to(torch::kCPU, torch::kLong).contiguous();
  const auto* first = counts.data_ptr<std::int64_t>();
  return x_lnc.flatten(0, 1).index_select(0, by_row).split_with_sizes(
      std::vector<std::int64_t>(first, first + counts.numel()));
}

Tensor PositionSums::max(const Tensor& x_lnc) const {
  if (where_.shared) {
    return reduce_shared(x_lnc, Reduction::max);
  }
  if (!packed()) {
    return sink_unpooled(x_lnc, where_.mask_ln1).amax(0);
  }
  std::vector<Tensor> rows;
  for (const Tensor& piece : pieces(x_lnc)) {
    rows.push_back(piece.amax(0));
  }
  return torch::stack(rows);
}

Tensor PositionSums::log_sum_exp(const Tensor& x_lnc) const {
  if (where_.shared) {
    throw core::InternalError(
        "log-sum-exp pooling was asked to share work: this is a bug, please report it");
  }
  if (!packed()) {
    return sink_unpooled(x_lnc, where_.mask_ln1).logsumexp(0);
  }
  std::vector<Tensor> rows;
  for (const Tensor& piece : pieces(x_lnc)) {
    rows.push_back(piece.logsumexp(0));
  }
  return torch::stack(rows);
}

}  // namespace vio::engine

#include "engine/torch/position_sums.hpp"

#include <limits>
#include <vector>

namespace vio::engine {

using torch::Tensor;

namespace {

Tensor sink_unpooled(const Tensor& x_lnc, const Tensor& mask_ln1) {
  constexpr float kLowest = -std::numeric_limits<float>::infinity();
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

Tensor PositionSums::sum(const Tensor& x_lnc) const {
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

#include <vector>

#include "engine/torch/block.hpp"
#include "engine/torch/pooling.hpp"
#include "engine/torch/region_rows.hpp"
#include "vio/engine/torch/network.hpp"

namespace vio::engine {

using torch::Tensor;

Tensor NetworkImpl::forward_shared(const SharedRows& rows, const Tensor& lengths,
                                   const Tensor& whole) {
  const Reach reach(spec_);
  const std::int64_t channels = spec_.channels;
  const Tensor codes_p1 = rows.codes_p.unsqueeze(1);
  const Tensor exists_p11 = (codes_p1 != spec_.alphabet.pad()).to(torch::kFloat).unsqueeze(2);
  Tensor x_p1c = stem(codes_p1);
  std::vector<RegionRows> regions;
  for (const auto& some : rows.regions) {
    regions.emplace_back(some, reach);
    regions.back().set_stem(stem(regions.back().codes()));
  }
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    for (auto& some : regions) {
      if (!some.needs(i)) {
        continue;
      }
      const Tensor read = some.read_by(i, x_p1c.squeeze(1));
      some.set_block(i, blocks_[i]->forward(read, some.exists_for(i), generator_));
    }
    x_p1c = blocks_[i]->forward(x_p1c, exists_p11, generator_);
  }
  SharedPooling shared{rows.codes_p.size(0), rows.block, {}, rows.members, rows.offsets};
  std::vector<Tensor> features{x_p1c};
  for (const auto& some : regions) {
    features.push_back(some.features().reshape({-1, 1, channels}));
    shared.regions_wk1.push_back(some.pooled());
  }
  Tensor x_q1c = torch::cat(features);
  x_q1c = norm_ ? norm_(x_q1c) : x_q1c;
  const PooledPositions pooled{.mask_ln1 = Tensor(),
                               .segments_ln = Tensor(),
                               .counts_n1 = lengths.to(torch::kFloat).unsqueeze(1),
                               .shared = std::move(shared)};
  return head(pooling_->forward(x_q1c, pooled), lengths, whole);
}

}  // namespace vio::engine

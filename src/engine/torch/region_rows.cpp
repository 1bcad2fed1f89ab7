#include "engine/torch/region_rows.hpp"

#include <algorithm>

namespace vio::engine {

using torch::Tensor;

std::int64_t RegionRows::rows(std::int64_t around) const {
  return std::min(regions_.before, around) + regions_.longest + std::min(regions_.after, around);
}

Tensor RegionRows::middle(const Tensor& x, std::int64_t margin, std::int64_t around) const {
  const auto cut = std::min(regions_.before, margin) - std::min(regions_.before, around);
  return x.narrow(0, cut, rows(around));
}

Tensor RegionRows::places(std::int64_t around) const {
  return middle(regions_.places_wk, std::max(regions_.before, regions_.after), around);
}

Tensor RegionRows::own(std::int64_t reach) const {
  const Tensor rows_w1 = torch::arange(rows(reach), regions_.lengths_k.options()).unsqueeze(1);
  const auto beside = rows(reach) - regions_.longest;
  return (rows_w1 < regions_.lengths_k + beside).unsqueeze(2);
}

Tensor RegionRows::codes() const {
  return middle(regions_.codes_wk, std::max(regions_.before, regions_.after), reach_.read_by(0))
      .contiguous();
}

void RegionRows::set_stem(const Tensor& x_wkc) {
  x_wkc_ = middle(x_wkc, reach_.read_by(0), reach_.after(0));
}

Tensor RegionRows::read_by(std::size_t i, const Tensor& shared_pc) const {
  const auto layer = i + 1;
  const Tensor places_wk = places(reach_.read_by(layer)).clamp_min(0);
  Tensor x_wkc = shared_pc.index_select(0, places_wk.flatten())
                     .view({places_wk.size(0), places_wk.size(1), shared_pc.size(1)});
  const Tensor inside = middle(x_wkc, reach_.read_by(layer), reach_.after(i));
  inside.copy_(torch::where(own(reach_.after(i)), x_wkc_, inside));
  return x_wkc;
}

Tensor RegionRows::exists_for(std::size_t i) const {
  return (places(reach_.read_by(i + 1)) >= 0).to(torch::kFloat).unsqueeze(2);
}

void RegionRows::set_block(std::size_t i, const Tensor& x_wkc) {
  x_wkc_ = middle(x_wkc, reach_.read_by(i + 1), reach_.after(i + 1));
}

Tensor RegionRows::pooled() const {
  const Tensor exists = (places(reach_.radius()) >= 0).unsqueeze(2);
  return exists.logical_and(own(reach_.radius())).to(torch::kFloat);
}

}  // namespace vio::engine

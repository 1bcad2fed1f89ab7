#include "engine/fused/padding.hpp"

#include <algorithm>
#include <vector>

namespace vio::engine::fused {

Padding::Padding(const PackedStack& stack, const Kernels& kernels, const Reach& reach,
                 const Pool& pool)
    : pool_(pool), radius_(reach.radius()) {
  const auto length = 2 * radius_ + 1;
  std::vector<core::Code> codes(static_cast<std::size_t>(length + 2 * reach.after(0)),
                                stack.stem.outside);
  std::fill_n(codes.begin() + reach.after(0), length, stack.pad);
  Stream stream(stack, kernels, reach);
  stream.start(codes.data() + reach.after(0), length, length);
  stream.advance(length);
  const auto& rows = stream.final_rows();
  Pool::Scratch scratch;
  parts_.reset(2, pool.sums(), pool.maxima());
  pool.add(rows.at(radius_), 1, scratch, parts_[0]);
  if (radius_ > 0) {
    pool.add(rows.at(radius_ + 1), radius_, scratch, parts_[1]);
  }
}

void Padding::add(std::int64_t padding, Aggregate window) const {
  const auto same = padding - 2 * radius_;
  if (same <= 0) {
    return;
  }
  pool_.merge_sums(parts_.sums(0), same, window.sums);
  pool_.merge_sums(parts_.sums(1), 1, window.sums);
  pool_.merge_maxima(parts_.maxima(0), window.maxima);
  pool_.merge_maxima(parts_.maxima(1), window.maxima);
}

}  // namespace vio::engine::fused

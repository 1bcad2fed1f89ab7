#include "engine/plan/reach.hpp"

#include <numeric>

namespace vio::engine {

Reach::Reach(const model::Spec& spec, std::size_t folded) {
  after_.push_back(spec.stem_kernel / 2);
  for (const auto& block : spec.blocks) {
    after_.push_back(after_.back() + std::int64_t{block.kernel / 2} * block.dilation);
  }
  after_.erase(after_.begin(), after_.begin() + static_cast<std::ptrdiff_t>(folded));
  edge_ = std::accumulate(after_.begin(), after_.end(), 0.0) / static_cast<double>(after_.size());
}

}  // namespace vio::engine

#include "engine/plan/reach.hpp"

#include <algorithm>
#include <numeric>

namespace vio::engine {

namespace {

template <typename Value>
std::int64_t largest(std::size_t layers, Value value) {
  std::int64_t most = 0;
  for (std::size_t layer = 0; layer < layers; ++layer) {
    most = std::max(most, value(layer));
  }
  return most;
}

}  // namespace

Reach::Reach(const model::Spec& spec, std::size_t folded) {
  after_.push_back(spec.stem_kernel / 2);
  for (const auto& block : spec.blocks) {
    after_.push_back(after_.back() + std::int64_t{block.kernel / 2} * block.dilation);
  }
  after_.erase(after_.begin(), after_.begin() + static_cast<std::ptrdiff_t>(folded));
  edge_ = std::accumulate(after_.begin(), after_.end(), 0.0) / static_cast<double>(after_.size());
}

std::int64_t Reach::widest() const {
  return largest(layers(), [&](std::size_t layer) { return of(layer); });
}

std::int64_t Reach::widest_read() const {
  return largest(layers(), [&](std::size_t layer) { return read_by(layer); });
}

}  // namespace vio::engine

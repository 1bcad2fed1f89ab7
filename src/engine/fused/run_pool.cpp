#include "engine/fused/run_pool.hpp"

#include <algorithm>
#include <limits>

namespace vio::engine::fused {

namespace {

std::int64_t block_begin(std::int64_t position) {
  return position / RunPool::kBlock * RunPool::kBlock;
}
std::int64_t next_block(std::int64_t position) {
  return block_begin(position + RunPool::kBlock - 1);
}

}  // namespace

void RunPool::start() {
  stretches_.clear();
  stops_.clear();
  next_stop_ = 0;
  sorted_ = false;
  done_ = 0;
  total_.reset(1, pool_.sums(), pool_.maxima());
  blocks_.clear();
}

void RunPool::want(std::size_t window, std::int64_t begin, std::int64_t end) {
  if (begin < end) {
    stops_.push_back({begin, stretches_.size(), true});
    stops_.push_back({end, stretches_.size(), false});
    stretches_.push_back({window, begin, end});
  }
}

void RunPool::take(const Rows& features, std::int64_t until, Pool::Scratch& scratch) {
  if (until == done_) {
    return;
  }
  pool_.add_sums(features.at(done_), until - done_, scratch, total_[0]);
  if (pool_.maxima() > 0) {
    const auto stride = pool_.stride();
    for (auto begin = done_; begin < until; begin = block_begin(begin) + kBlock) {
      const auto block = static_cast<std::size_t>(begin / kBlock);
      if (blocks_.size() < (block + 1) * stride) {
        blocks_.resize((block + 1) * stride, -std::numeric_limits<float>::infinity());
      }
      const auto end = std::min(until, block_begin(begin) + kBlock);
      pool_.add_maxima(features.at(begin), end - begin, blocks_.data() + block * stride);
    }
  }
  done_ = until;
}

void RunPool::begin_maxima(const Stretch& stretch, const Rows& features, float* maxima) const {
  const auto end = std::min(stretch.end, next_block(stretch.begin));
  pool_.add_maxima(features.at(stretch.begin), end - stretch.begin, maxima);
}

void RunPool::end_maxima(const Stretch& stretch, const Rows& features, float* maxima) const {
  const auto first = next_block(stretch.begin);
  const auto last = block_begin(stretch.end);
  for (auto begin = first; begin < last; begin += kBlock) {
    const auto block = static_cast<std::size_t>(begin / kBlock);
    pool_.merge_maxima(blocks_.data() + block * pool_.stride(), maxima);
  }
  const auto rest = std::max(first, last);
  if (rest < stretch.end) {
    pool_.add_maxima(features.at(rest), stretch.end - rest, maxima);
  }
}

void RunPool::reach(const Stop& stop, const Rows& features, Aggregate window) {
  const auto& stretch = stretches_[stop.stretch];
  pool_.merge_sums(total_[0].sums, stop.is_begin ? -1 : 1, window.sums);
  if (pool_.maxima() > 0) {
    stop.is_begin ? begin_maxima(stretch, features, window.maxima)
                  : end_maxima(stretch, features, window.maxima);
  }
}

void RunPool::advance(const Rows& features, std::int64_t until, Aggregates& windows,
                      Pool::Scratch& scratch) {
  if (!sorted_) {
    // In whatever order those of one position: merging is exact.
    std::ranges::sort(stops_, {}, &Stop::at);
    sorted_ = true;
  }
  while (next_stop_ < stops_.size() && stops_[next_stop_].at <= until) {
    const auto& stop = stops_[next_stop_++];
    take(features, stop.at, scratch);
    reach(stop, features, windows[stretches_[stop.stretch].window]);
  }
  take(features, until, scratch);
}

}  // namespace vio::engine::fused

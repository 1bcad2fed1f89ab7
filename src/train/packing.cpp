#include "train/packing.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace vio::train {

namespace {

// Longer rows waste less at their ends; with only a few of them a convolution has too little that
// is alike to do at once.
constexpr std::size_t kShortestRow = 600;
constexpr std::size_t kLongestRow = 2080;
constexpr std::size_t kRowStep = 80;

}  // namespace

Packing pack(std::span<const std::size_t> lengths, std::size_t gap, std::size_t row_length) {
  std::vector<std::size_t> order(lengths.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order,
                           [&](std::size_t a, std::size_t b) { return lengths[a] > lengths[b]; });
  const auto bound = order.empty() ? row_length : std::max(row_length, lengths[order.front()]);
  Packing packing{.rows = 0, .length = 0, .places = std::vector<PackedPlace>(lengths.size())};
  std::vector<std::size_t> free_from;  // of every row
  for (const auto i : order) {
    const auto row = static_cast<std::size_t>(
        std::ranges::find_if(free_from,
                             [&](std::size_t from) { return from + lengths[i] <= bound; }) -
        free_from.begin());
    if (row == free_from.size()) {
      free_from.push_back(0);
    }
    packing.places[i] = {.row = row, .begin = free_from[row]};
    packing.length = std::max(packing.length, free_from[row] + lengths[i]);
    free_from[row] += lengths[i] + gap;
  }
  packing.rows = free_from.size();
  return packing;
}

Packing pack_tightly(std::span<const std::size_t> lengths, std::size_t gap) {
  auto best = pack(lengths, gap, kShortestRow);
  for (auto length = kShortestRow + kRowStep; length <= kLongestRow; length += kRowStep) {
    auto packing = pack(lengths, gap, length);
    if (packing.rows * packing.length < best.rows * best.length) {
      best = std::move(packing);
    }
  }
  return best;
}

}  // namespace vio::train

#pragma once

#include <algorithm>
#include <cstddef>
#include <future>
#include <vector>

namespace vio::train {

/// Calls body(begin, end) for `threads` contiguous pieces of [0, n), each on a thread of its own,
/// and returns when all are done. What a piece throws is thrown here.
template <typename Body>
void parallel_pieces(std::size_t n, int threads, const Body& body) {
  const auto pieces = std::clamp<std::size_t>(static_cast<std::size_t>(std::max(threads, 1)), 1,
                                              std::max<std::size_t>(n, 1));
  std::vector<std::future<void>> others;
  others.reserve(pieces);
  for (std::size_t piece = 1; piece < pieces; ++piece) {
    others.push_back(std::async(std::launch::async, [&body, n, piece, pieces] {
      body(n * piece / pieces, n * (piece + 1) / pieces);
    }));
  }
  body(std::size_t{0}, n / pieces);
  for (auto& other : others) {
    other.get();
  }
}

}  // namespace vio::train

#pragma once

#include <algorithm>
#include <deque>
#include <random>
#include <vector>

#include "model/random_model.hpp"
#include "vio/window/window.hpp"

namespace vio::test {

/// Windows that overlap in every way on a few blocks, many with an edit, on either strand.
struct WindowBatch {
  std::deque<window::Block> blocks;
  std::deque<std::vector<core::Code>> alts;
  std::vector<window::Window> windows;
};

inline std::vector<core::Code> random_codes(std::mt19937& random, int size, int symbols) {
  std::vector<core::Code> codes(static_cast<std::size_t>(size));
  std::generate(codes.begin(), codes.end(), [&] {
    const bool unknown = between(random, 0, 30) == 0;
    return static_cast<core::Code>(unknown ? symbols : between(random, 0, symbols - 1));
  });
  return codes;
}

/// An edit of at most `most` positions inside [begin, end): a substitution, an insertion, a
/// deletion, or all at once; sometimes one that changes nothing.
inline window::Edit random_edit(std::mt19937& random, WindowBatch& batch, std::int64_t begin,
                                std::int64_t end, int symbols) {
  window::Edit edit;
  edit.begin = between(random, static_cast<int>(begin), static_cast<int>(end) - 1);
  const auto most = std::min<std::int64_t>(end - edit.begin, coin(random) ? 1 : 30);
  edit.ref_length = between(random, 0, static_cast<int>(most));
  const int length = coin(random) ? static_cast<int>(edit.ref_length) : between(random, 0, 20);
  batch.alts.push_back(random_codes(random, length, symbols));
  const auto& codes = batch.blocks.back().codes;
  if (between(random, 0, 3) == 0 && length <= edit.ref_length) {
    std::copy_n(codes.begin() + edit.begin, length, batch.alts.back().begin());
  }
  edit.alt = batch.alts.back();
  return edit;
}

inline WindowBatch random_windows(std::mt19937& random, const model::Spec& spec, int count) {
  WindowBatch batch;
  const int symbols = spec.alphabet.size();
  const bool strands = spec.alphabet.has_complement();
  while (static_cast<int>(batch.windows.size()) < count) {
    const int size = between(random, spec.window, 4 * spec.window);
    batch.blocks.push_back({random_codes(random, size, symbols)});
    const int step = between(random, 1, spec.window);
    for (int begin = 0; begin < size && coin(random) + coin(random) > 0; begin += step) {
      window::Window window;
      window.block = &batch.blocks.back();
      window.begin = begin;
      window.end = std::min(
          size,
          begin + (between(random, 0, 4) == 0 ? between(random, 1, spec.window) : spec.window));
      window.whole = coin(random);
      batch.windows.push_back(window);
      for (int alts = between(random, 0, 3); alts > 0; --alts) {
        window.edit = random_edit(random, batch, window.begin, window.end, symbols);
        window.reverse = strands && between(random, 0, 2) == 0;
        const auto length = window.length();
        if (length > 0 && (!spec.fixed_window || length <= spec.window)) {
          batch.windows.push_back(window);
        }
      }
    }
  }
  std::shuffle(batch.windows.begin(), batch.windows.end(), random);
  return batch;
}

}  // namespace vio::test

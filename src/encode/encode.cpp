#include <span>

#include "vio/encode/encoded_batch.hpp"

namespace vio::encode {

namespace {

using core::Code;

/// Unknown positions before each position, [n + 1]: a window's count is then one subtraction,
/// however much windows overlap.
std::vector<std::int64_t> unknown_before(std::span<const Code> codes, Code unknown) {
  std::vector<std::int64_t> before(codes.size() + 1);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    before[i + 1] = before[i] + (codes[i] == unknown ? 1 : 0);
  }
  return before;
}

std::vector<std::int64_t> count_unknown(const std::vector<window::PlannedWindow>& windows,
                                        const std::vector<std::int64_t>& before) {
  std::vector<std::int64_t> counts(windows.size());
  for (std::size_t i = 0; i < windows.size(); ++i) {
    const auto& window = windows[i];
    const auto end = window.text_begin + static_cast<std::size_t>(window.length());
    counts[i] = before[end] - before[window.text_begin];
  }
  return counts;
}

}  // namespace

EncodedBatch encode(window::TextBatch batch, const core::Alphabet& alphabet) {
  auto block = std::make_shared<window::Block>();
  block->codes.resize(batch.text.size());
  alphabet.encode(batch.text, block->codes);
  const auto before = unknown_before(block->codes, alphabet.unknown());

  EncodedBatch encoded;
  encoded.unknown = count_unknown(batch.windows, before);
  encoded.units = std::move(batch.units);
  encoded.windows = std::move(batch.windows);
  encoded.unit_ends = std::move(batch.unit_ends);
  encoded.block = std::move(block);
  encoded.progress = batch.progress;
  encoded.read_seconds = batch.read_seconds;
  return encoded;
}

}  // namespace vio::encode

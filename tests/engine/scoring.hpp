#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "vio/engine/reference/reference_engine.hpp"

namespace vio::test {

/// One sequence's codes, and whether the window on it is the whole sequence.
struct Sequence {
  std::vector<core::Code> codes;
  bool whole = true;
};

/// Probabilities [sequence][class], all in one batch.
inline std::vector<std::vector<float>> score_with(engine::Engine& engine, const model::Model& model,
                                                  const std::vector<Sequence>& sequences) {
  std::vector<window::Block> blocks;
  blocks.reserve(sequences.size());
  std::vector<window::Window> windows;
  for (const auto& [codes, whole] : sequences) {
    blocks.push_back({codes});
    window::Window window;
    window.block = &blocks.back();
    window.end = static_cast<std::int64_t>(codes.size());
    window.whole = whole;
    windows.push_back(window);
  }
  const auto classes = model.spec.classes.size();
  std::vector<float> flat(windows.size() * classes);
  engine.score(windows, flat);
  std::vector<std::vector<float>> rows;
  for (auto begin = flat.begin(); begin != flat.end();) {
    const auto end = begin + static_cast<std::ptrdiff_t>(classes);
    rows.emplace_back(begin, end);
    begin = end;
  }
  return rows;
}

/// The same by the reference engine.
inline std::vector<std::vector<float>> score(const model::Model& model,
                                             const std::vector<Sequence>& sequences) {
  engine::ReferenceEngine engine(std::make_shared<model::Model>(model));
  return score_with(engine, model, sequences);
}

}  // namespace vio::test

#include "score.hpp"

#include <chrono>

namespace vio::pipeline {

namespace {

using annotate::Strand;

window::Window view_of(const encode::EncodedBatch& batch, const window::PlannedWindow& planned,
                       bool reverse) {
  window::Window view;
  view.block = batch.block.get();
  view.begin = static_cast<std::int64_t>(planned.text_begin);
  view.end = view.begin + planned.length();
  view.reverse = reverse;
  view.whole = planned.whole;
  return view;
}

/// Forward views first, then reverse ones, each in the order of the scored windows.
std::vector<window::Window> views_of(const encode::EncodedBatch& batch, Strand strand) {
  std::vector<window::Window> views;
  for (const bool reverse : {false, true}) {
    if (strand != Strand::both && reverse != (strand == Strand::reverse)) {
      continue;
    }
    for (const auto& planned : batch.windows) {
      if (planned.status == core::Status::ok) {
        views.push_back(view_of(batch, planned, reverse));
      }
    }
  }
  return views;
}

/// Spreads the engine's rows over all planned windows, averaging the strands.
std::vector<float> spread(const encode::EncodedBatch& batch, const std::vector<float>& scores,
                          Strand strand, std::size_t n_classes) {
  std::vector<float> probabilities(batch.windows.size() * n_classes);
  const std::size_t reverse_offset = strand == Strand::both ? scores.size() / 2 : 0;
  std::size_t from = 0;
  for (std::size_t i = 0; i < batch.windows.size(); ++i) {
    if (batch.windows[i].status != core::Status::ok) {
      continue;
    }
    for (std::size_t k = 0; k < n_classes; ++k, ++from) {
      probabilities[i * n_classes + k] = strand == Strand::both
                                             ? (scores[from] + scores[reverse_offset + from]) / 2
                                             : scores[from];
    }
  }
  return probabilities;
}

}  // namespace

annotate::ScoredBatch score(encode::EncodedBatch batch, engine::Engine& engine, Strand strand,
                            std::size_t n_classes) {
  const auto began = std::chrono::steady_clock::now();
  const auto views = views_of(batch, strand);
  std::vector<float> scores(views.size() * n_classes);
  annotate::ScoredBatch scored;
  if (!views.empty()) {
    const auto work = engine.score(views, scores);
    scored.positions_requested = work.positions_requested;
    scored.positions_computed = work.positions_computed;
  }
  scored.probabilities = spread(batch, scores, strand, n_classes);
  scored.encoded = std::move(batch);
  scored.score_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return scored;
}

}  // namespace vio::pipeline

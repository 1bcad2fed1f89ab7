#include "score.hpp"

#include <algorithm>
#include <chrono>

namespace vio::pipeline {

namespace {

using annotate::Strand;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point began) {
  return std::chrono::duration<double>(Clock::now() - began).count();
}

struct WindowScores {
  std::vector<float> probabilities;  ///< [n_windows, n_classes]
  engine::Work work;
};

/// Scores windows that were planned on the forward strand. With `both` the reverse ones follow the
/// forward ones in the same call, so that the engine sees them together.
WindowScores score_windows(std::vector<window::Window> windows, engine::Engine& engine,
                           Strand strand, std::size_t n_classes) {
  WindowScores scores;
  if (windows.empty()) return scores;
  const std::size_t count = windows.size();
  if (strand == Strand::both) windows.insert(windows.end(), windows.begin(), windows.end());
  if (strand != Strand::forward) {
    const auto first_reverse = windows.end() - static_cast<std::ptrdiff_t>(count);
    std::for_each(first_reverse, windows.end(), [](auto& window) { window.reverse = true; });
  }
  auto& probabilities = scores.probabilities;
  probabilities.resize(windows.size() * n_classes);
  scores.work = engine.score(windows, probabilities);
  if (strand == Strand::both) {
    const std::size_t half = count * n_classes;
    for (std::size_t i = 0; i < half; ++i) {
      probabilities[i] = (probabilities[i] + probabilities[half + i]) / 2;
    }
    probabilities.resize(half);
  }
  return scores;
}

std::vector<window::Window> windows_of(const encode::EncodedBatch& batch) {
  std::vector<window::Window> windows;
  for (const auto& planned : batch.windows) {
    if (planned.status != core::Status::ok) continue;
    window::Window window;
    window.block = batch.block.get();
    window.begin = static_cast<std::int64_t>(planned.text_begin);
    window.end = window.begin + planned.length();
    window.whole = planned.whole;
    windows.push_back(window);
  }
  return windows;
}

/// Spreads the scored rows over all planned windows.
std::vector<float> spread(const encode::EncodedBatch& batch, const std::vector<float>& scores,
                          std::size_t n_classes) {
  std::vector<float> probabilities(batch.windows.size() * n_classes);
  auto from = scores.begin();
  for (std::size_t i = 0; i < batch.windows.size(); ++i) {
    if (batch.windows[i].status != core::Status::ok) continue;
    const auto row_end = from + static_cast<std::ptrdiff_t>(n_classes);
    std::copy(from, row_end, probabilities.begin() + static_cast<std::ptrdiff_t>(i * n_classes));
    from = row_end;
  }
  return probabilities;
}

}  // namespace

annotate::ScoredBatch score(encode::EncodedBatch batch, engine::Engine& engine, Strand strand,
                            std::size_t n_classes) {
  const auto began = Clock::now();
  const auto scores = score_windows(windows_of(batch), engine, strand, n_classes);
  annotate::ScoredBatch scored;
  scored.probabilities = spread(batch, scores.probabilities, n_classes);
  scored.encoded = std::move(batch);
  scored.positions_requested = scores.work.positions_requested;
  scored.positions_computed = scores.work.positions_computed;
  scored.score_seconds = seconds_since(began);
  return scored;
}

annotate::ScoredVariants score(encode::EncodedVariants batch, engine::Engine& engine, Strand strand,
                               std::size_t n_classes) {
  const auto began = Clock::now();
  auto scores = score_windows(batch.windows, engine, strand, n_classes);
  annotate::ScoredVariants scored;
  scored.probabilities = std::move(scores.probabilities);
  scored.encoded = std::move(batch);
  scored.positions_requested = scores.work.positions_requested;
  scored.positions_computed = scores.work.positions_computed;
  scored.score_seconds = seconds_since(began);
  return scored;
}

}  // namespace vio::pipeline

#include "vio/annotate/record_score.hpp"

#include <algorithm>

#include "annotate/window_mean.hpp"

namespace vio::annotate {

std::vector<RecordScore> score_records(const ScoredBatch& batch, std::size_t n_classes) {
  std::vector<RecordScore> scores;
  scores.reserve(batch.encoded.unit_ends.size());
  std::size_t window = 0;
  for (const auto& unit_end : batch.encoded.unit_ends) {
    WindowMean sums(n_classes);
    RecordScore score;
    score.length = unit_end.length;
    for (; window < unit_end.after_windows; ++window) {
      sums.add(batch, window);
    }
    score.n_windows = sums.n_scored();
    score.status = sums.status();
    if (score.n_windows > 0) {
      score.mean = sums.mean();
      score.probabilities.resize(n_classes);
      std::ranges::transform(score.mean, score.probabilities.begin(), to_millionths);
    }
    scores.push_back(std::move(score));
  }
  return scores;
}

}  // namespace vio::annotate

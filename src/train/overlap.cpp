#include "train/overlap.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "train/code_text.hpp"
#include "train/similarity.hpp"

namespace vio::train {

namespace {

using Sequence = std::vector<core::Code>;

/// Of the training rows that are indexed at once.
constexpr std::size_t kMostPositions = 20'000'000;

/// The first sequences that fit into the memory for an index; at least one.
std::size_t indexed_at_once(std::span<const Sequence> sequences) {
  std::size_t positions = 0;
  std::size_t n = 0;
  while (n < sequences.size() && (n == 0 || positions + sequences[n].size() <= kMostPositions)) {
    positions += sequences[n++].size();
  }
  return n;
}

/// For each test row the similarity of the most similar training row, 0 where it is below kSimilar.
std::vector<double> highest_similarities(const Dataset& test, const Dataset& training,
                                         const core::Alphabet& alphabet, int threads) {
  const WordSets queries(test.sequences, alphabet);
  std::vector<double> highest(test.size());
  std::span<const Sequence> left(training.sequences);
  while (!left.empty()) {
    const auto now = left.first(indexed_at_once(left));
    left = left.subspan(now.size());
    const WordSets sets(now, alphabet);
    const SimilarityIndex index(sets, kSimilar);
    const auto found = similar_sequences(index, queries, threads);
    for (std::size_t row = 0; row < found.size(); ++row) {
      for (const auto& neighbour : found[row]) {
        highest[row] = std::max(highest[row], neighbour.jaccard);
      }
    }
  }
  return highest;
}

}  // namespace

Overlap find_overlap(const Dataset& test, const Dataset& training, const core::Alphabet& alphabet,
                     int threads) {
  std::unordered_set<std::string_view> known;
  for (const auto& codes : training.sequences) {
    known.insert(code_text(codes));
  }
  auto highest = highest_similarities(test, training, alphabet, threads);
  Overlap overlap;
  overlap.test_rows = test.size();
  overlap.training_rows = training.size();
  for (std::size_t row = 0; row < test.size(); ++row) {
    if (known.contains(code_text(test.sequences[row]))) {
      ++overlap.identical;
      highest[row] = 1;
    }
    overlap.nearly_the_same += highest[row] >= kNearlyTheSame ? 1 : 0;
    if (highest[row] >= kSimilar) {
      ++overlap.similar;
    } else {
      overlap.unlike.push_back(row);
    }
  }
  return overlap;
}

}  // namespace vio::train

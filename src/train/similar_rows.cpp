#include "train/similar_rows.hpp"

#include <string_view>
#include <unordered_set>

#include "train/similarity.hpp"

namespace vio::train {

namespace {

/// For comparing and hashing.
std::string_view bytes_of(const std::vector<core::Code>& codes) {
  return {reinterpret_cast<const char*>(codes.data()), codes.size()};
}

}  // namespace

std::vector<bool> find_alike(Sequences sequences, Sequences others, const core::Alphabet& alphabet,
                             const Likeness& likeness) {
  std::unordered_set<std::string_view> equal;
  for (const auto& other : others) {
    equal.insert(bytes_of(other));
  }
  const WordSets known(others, alphabet);
  const SimilarityIndex index(known, likeness.jaccard);
  const auto found = similar_sequences(index, WordSets(sequences, alphabet), likeness.threads);
  std::vector<bool> alike(sequences.size());
  for (std::size_t row = 0; row < sequences.size(); ++row) {
    alike[row] = !found[row].empty() || equal.contains(bytes_of(sequences[row]));
  }
  return alike;
}

}  // namespace vio::train

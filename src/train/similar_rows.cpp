#include "train/similar_rows.hpp"

#include <numeric>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "train/similarity.hpp"

namespace vio::train {

namespace {

/// For comparing and hashing.
std::string_view bytes_of(const std::vector<core::Code>& codes) {
  return {reinterpret_cast<const char*>(codes.data()), codes.size()};
}

/// Union-find with path halving.
class Groups {
 public:
  explicit Groups(std::size_t size) : parents_(size) {
    std::iota(parents_.begin(), parents_.end(), std::size_t{0});
  }

  void join(std::size_t one, std::size_t other) { parents_[root(one)] = root(other); }

  [[nodiscard]] std::vector<std::size_t> numbers() {
    constexpr auto kNone = static_cast<std::size_t>(-1);
    std::vector<std::size_t> of_root(parents_.size(), kNone);
    std::vector<std::size_t> of_row(parents_.size());
    std::size_t count = 0;
    for (std::size_t row = 0; row < parents_.size(); ++row) {
      auto& number = of_root[root(row)];
      if (number == kNone) {
        number = count++;
      }
      of_row[row] = number;
    }
    return of_row;
  }

 private:
  [[nodiscard]] std::size_t root(std::size_t row) {
    while (parents_[row] != row) {
      parents_[row] = parents_[parents_[row]];
      row = parents_[row];
    }
    return row;
  }

  std::vector<std::size_t> parents_;
};

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

std::vector<std::size_t> alike_groups(Sequences sequences, const core::Alphabet& alphabet,
                                      const Likeness& likeness) {
  Groups groups(sequences.size());
  std::unordered_map<std::string_view, std::size_t> first;
  for (std::size_t row = 0; row < sequences.size(); ++row) {
    groups.join(row, first.emplace(bytes_of(sequences[row]), row).first->second);
  }
  const WordSets sets(sequences, alphabet);
  const SimilarityIndex index(sets, likeness.jaccard);
  const auto found = similar_sequences(index, sets, likeness.threads);
  for (std::size_t row = 0; row < found.size(); ++row) {
    for (const auto& neighbour : found[row]) {
      groups.join(row, neighbour.sequence);
    }
  }
  return groups.numbers();
}

}  // namespace vio::train

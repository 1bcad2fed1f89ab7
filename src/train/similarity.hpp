#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "vio/core/alphabet.hpp"

namespace vio::train {

/// Symbols of a word: long enough that sequences without a common origin share next to none.
inline constexpr std::size_t kWordLength = 11;

/// The set of distinct words of each of many sequences. Where the alphabet has a second strand, a
/// word and its reverse complement are one, so sequences of opposite strands are alike.
class WordSets {
 public:
  /// Codes are the alphabet's. Words with an unknown symbol do not count, so a sequence of fewer
  /// than `length` known symbols in a row has an empty set. `length` in [1, 27].
  WordSets(std::span<const std::vector<core::Code>> sequences, const core::Alphabet& alphabet,
           std::size_t length = kWordLength);

  [[nodiscard]] std::size_t size() const noexcept { return begins_.size() - 1; }
  /// All words of a sequence, each once, ascending. A word is its symbols as digits; of alphabets
  /// so large that this does not fit, a hash.
  [[nodiscard]] std::span<const std::uint64_t> operator[](std::size_t sequence) const {
    return std::span(words_).subspan(begins_[sequence], begins_[sequence + 1] - begins_[sequence]);
  }
  /// Words of all sequences, one set after the other.
  [[nodiscard]] std::span<const std::uint64_t> all() const noexcept { return words_; }

 private:
  std::vector<std::uint64_t> words_;
  std::vector<std::size_t> begins_{0};
};

/// Words that two sets share, divided by the words of either; 0 where both are empty. The sets are
/// ascending.
[[nodiscard]] double jaccard(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b);

/// A sequence of an index and how similar it is.
struct Neighbour {
  std::size_t sequence = 0;
  double jaccard = 0;

  bool operator==(const Neighbour&) const = default;
};

/// Finds, among many sequences, all whose Jaccard similarity to another is at least `least`.
/// Exact: words are counted through inverted lists, rarest first, until no further sequence can
/// reach `least`, and what may reach it is compared word by word. Immutable; share it between
/// threads. The time is that of the lists: it grows with the square of the number of sequences that
/// resemble each other, and only linearly with the others.
class SimilarityIndex {
 public:
  /// `least` in (0, 1]. At most 2^32 - 1 sequences. `sets` must outlive the index.
  SimilarityIndex(const WordSets& sets, double least);

  [[nodiscard]] std::size_t size() const noexcept { return sets_->size(); }

 private:
  friend class SimilaritySearch;

  [[nodiscard]] std::size_t bucket(std::uint64_t word) const noexcept;
  [[nodiscard]] std::span<const std::uint32_t> list(std::size_t bucket) const {
    return std::span(sequences_).subspan(begins_[bucket], begins_[bucket + 1] - begins_[bucket]);
  }

  const WordSets* sets_;
  double least_;
  unsigned shift_;                        ///< of a hash, to a bucket
  std::vector<std::size_t> begins_;       ///< [buckets + 1], into sequences_
  std::vector<std::uint32_t> sequences_;  ///< of every word of a bucket, ascending
};

/// Asks an index; holds the counters, so one for every thread.
class SimilaritySearch {
 public:
  /// `index` must outlive the search.
  explicit SimilaritySearch(const SimilarityIndex& index);

  /// Sequences whose similarity to the set `words` is at least the index's, ascending. A sequence
  /// of the index finds itself.
  [[nodiscard]] std::vector<Neighbour> similar(std::span<const std::uint64_t> words);

 private:
  /// Counts shared words among the rarest `n` of `words`, which it orders.
  void count_rarest(std::span<std::uint64_t> words, std::size_t n);

  const SimilarityIndex* index_;
  std::vector<std::uint32_t> shared_;   ///< words counted so far, a sequence of the index
  std::vector<std::uint32_t> touched_;  ///< sequences whose counter is not 0
  std::vector<std::uint64_t> rarest_;
};

/// similar() of every set of `queries`, in order, on `threads` threads.
[[nodiscard]] std::vector<std::vector<Neighbour>> similar_sequences(const SimilarityIndex& index,
                                                                    const WordSets& queries,
                                                                    int threads);

}  // namespace vio::train

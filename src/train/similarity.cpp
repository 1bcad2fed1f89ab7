#include "train/similarity.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <tuple>

#include "train/parallel.hpp"

namespace vio::train {

namespace {

constexpr unsigned kFewestBits = 8;
constexpr unsigned kMostBits = 24;
constexpr double kRounding = 1e-9;

/// The words that a set of `size` must share at least for a part of `least` of it.
std::size_t least_shared(double least, double size) {
  return static_cast<std::size_t>(std::max(1.0, std::ceil(least * size - kRounding)));
}

/// Spells the words of sequences as digits.
class Speller {
 public:
  Speller(const core::Alphabet& alphabet, std::size_t length)
      : alphabet_(alphabet), length_(length) {
    for (std::size_t i = 1; i < length; ++i) {
      first_digit_ *= base();
    }
  }

  /// Appends the words of one sequence, as they come.
  void append(std::span<const core::Code> codes, std::vector<std::uint64_t>& words) const {
    const bool both_strands = alphabet_.has_complement();
    std::uint64_t word = 0;
    std::uint64_t reverse = 0;
    std::size_t known = 0;
    for (std::size_t i = 0; i < codes.size(); ++i) {
      if (codes[i] >= alphabet_.unknown()) {
        known = 0;
        continue;
      }
      if (++known > length_) {
        word -= codes[i - length_] * first_digit_;
      }
      word = known == 1 ? codes[i] : word * base() + codes[i];
      if (both_strands) {
        // The digit that leaves is the lowest. What is left of unknown symbols leaves in time.
        reverse = reverse / base() + alphabet_.complement(codes[i]) * first_digit_;
      }
      if (known >= length_) {
        words.push_back(both_strands ? std::min(word, reverse) : word);
      }
    }
  }

 private:
  /// Odd, so that every digit counts where the number of a large alphabet's word wraps around. The
  /// two alphabets with a complement have four symbols, and their words never wrap.
  [[nodiscard]] std::uint64_t base() const {
    return static_cast<std::uint64_t>(alphabet_.size()) | 1U;
  }

  const core::Alphabet& alphabet_;
  std::size_t length_;
  std::uint64_t first_digit_ = 1;  ///< what a word's first symbol counts
};

}  // namespace

WordSets::WordSets(std::span<const std::vector<core::Code>> sequences,
                   const core::Alphabet& alphabet, std::size_t length) {
  const Speller speller(alphabet, length);
  begins_.reserve(sequences.size() + 1);
  for (const auto& codes : sequences) {
    speller.append(codes, words_);
    const auto first = words_.begin() + static_cast<std::ptrdiff_t>(begins_.back());
    std::sort(first, words_.end());
    words_.erase(std::unique(first, words_.end()), words_.end());
    begins_.push_back(words_.size());
  }
}

double jaccard(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) {
  std::size_t shared = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    // Without branches: which set comes first is as good as random.
    const auto of_a = a[i];
    const auto of_b = b[j];
    shared += of_a == of_b ? 1 : 0;
    i += of_a <= of_b ? 1 : 0;
    j += of_b <= of_a ? 1 : 0;
  }
  const auto either = a.size() + b.size() - shared;
  return either == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(either);
}

SimilarityIndex::SimilarityIndex(const WordSets& sets, double least) : sets_(&sets), least_(least) {
  const auto wanted = static_cast<unsigned>(std::bit_width(sets.all().size()));
  const auto bits = std::clamp(wanted, kFewestBits, kMostBits);
  shift_ = 64 - bits;
  begins_.assign((std::size_t{1} << bits) + 1, 0);
  for (const auto word : sets.all()) {
    ++begins_[bucket(word) + 1];
  }
  std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  sequences_.resize(sets.all().size());
  auto next = begins_;
  for (std::size_t sequence = 0; sequence < sets.size(); ++sequence) {
    for (const auto word : sets[sequence]) {
      sequences_[next[bucket(word)]++] = static_cast<std::uint32_t>(sequence);
    }
  }
}

std::size_t SimilarityIndex::bucket(std::uint64_t word) const noexcept {
  constexpr std::uint64_t kGoldenRatio = 0x9E3779B97F4A7C15U;
  return static_cast<std::size_t>((word * kGoldenRatio) >> shift_);
}

SimilaritySearch::SimilaritySearch(const SimilarityIndex& index)
    : index_(&index), shared_(index.size()) {}

void SimilaritySearch::count_rarest(std::span<std::uint64_t> words, std::size_t n) {
  const auto rank = [&](std::uint64_t word) {
    return std::tuple(index_->list(index_->bucket(word)).size(), word);
  };
  if (n < words.size()) {
    std::ranges::nth_element(words, words.begin() + static_cast<std::ptrdiff_t>(n), {}, rank);
  }
  for (const auto word : words.first(n)) {
    for (const auto sequence : index_->list(index_->bucket(word))) {
      if (shared_[sequence]++ == 0) {
        touched_.push_back(sequence);
      }
    }
  }
}

std::vector<Neighbour> SimilaritySearch::similar(std::span<const std::uint64_t> words) {
  std::vector<Neighbour> found;
  if (words.empty()) {
    return found;
  }
  const double least = index_->least_;
  const auto size = static_cast<double>(words.size());
  // A sequence that has none of the rarest n words can't share as many as it must.
  const auto n = words.size() - least_shared(least, size) + 1;
  rarest_.assign(words.begin(), words.end());
  count_rarest(rarest_, n);
  std::ranges::sort(touched_);
  for (const auto sequence : touched_) {
    const auto other = (*index_->sets_)[sequence];
    const auto both = size + static_cast<double>(other.size());
    // Words of one bucket are counted as one, so a counter may be too high, never too low.
    if (shared_[sequence] + (words.size() - n) >= least_shared(least / (1 + least), both)) {
      const double similarity = jaccard(words, other);
      if (similarity >= least) {
        found.push_back({.sequence = sequence, .jaccard = similarity});
      }
    }
    shared_[sequence] = 0;
  }
  touched_.clear();
  return found;
}

std::vector<std::vector<Neighbour>> similar_sequences(const SimilarityIndex& index,
                                                      const WordSets& queries, int threads) {
  std::vector<std::vector<Neighbour>> found(queries.size());
  parallel_pieces(queries.size(), threads, [&](std::size_t begin, std::size_t end) {
    SimilaritySearch search(index);
    for (std::size_t query = begin; query < end; ++query) {
      found[query] = search.similar(queries[query]);
    }
  });
  return found;
}

}  // namespace vio::train

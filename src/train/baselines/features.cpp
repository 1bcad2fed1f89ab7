#include "train/baselines/features.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace vio::train {

namespace {

constexpr std::size_t kLongestWord = 6;
constexpr std::size_t kMostWords = 6000;
/// Of a range of lengths, where all words together weigh up to sqrt(longest word).
constexpr float kRangeWeight = 0.3F;

unsigned levels(std::size_t length) {
  return static_cast<unsigned>(std::bit_width(length)) + 1;
}

}  // namespace

SequenceFeatures::SequenceFeatures(std::span<const std::vector<core::Code>> training, int symbols,
                                   bool with_words)
    : symbols_(static_cast<std::size_t>(symbols)) {
  std::size_t words = symbols_;
  while (with_words && longest_word_ < kLongestWord && word_features_ + words <= kMostWords) {
    word_features_ += words;
    ++longest_word_;
    words *= symbols_;
  }
  for (const auto& codes : training) {
    for (unsigned level = 0; level < levels(codes.size()); ++level) {
      ranges_.try_emplace(length_range(codes.size(), level), word_features_ + ranges_.size());
    }
  }
}

void SequenceFeatures::append(std::span<const core::Code> codes, SparseRows& rows) const {
  append_words(codes, rows);
  for (unsigned level = 0; level < levels(codes.size()); ++level) {
    const auto found = ranges_.find(length_range(codes.size(), level));
    if (found != ranges_.end()) {
      rows.push(found->second, kRangeWeight);
    }
  }
  rows.end_row();
}

void SequenceFeatures::append_words(std::span<const core::Code> codes, SparseRows& rows) const {
  std::size_t offset = 0;
  std::size_t words = symbols_;
  std::vector<std::uint32_t> counts;
  for (std::size_t length = 1; length <= longest_word_; ++length) {
    counts.assign(words, 0);
    std::size_t word = 0;
    std::size_t known = 0;
    std::size_t counted = 0;
    for (const auto code : codes) {
      known = code < symbols_ ? known + 1 : 0;
      word = (word * symbols_ + (known > 0 ? code : 0)) % words;
      if (known >= length) {
        ++counts[word];
        ++counted;
      }
    }
    for (std::size_t i = 0; i < words; ++i) {
      if (counts[i] > 0) {
        rows.push(offset + i,
                  std::sqrt(static_cast<float>(counts[i]) / static_cast<float>(counted)));
      }
    }
    offset += words;
    words *= symbols_;
  }
}

SparseRows SequenceFeatures::rows_of(std::span<const std::vector<core::Code>> sequences) const {
  SparseRows rows;
  for (const auto& codes : sequences) {
    append(codes, rows);
  }
  return rows;
}

}  // namespace vio::train

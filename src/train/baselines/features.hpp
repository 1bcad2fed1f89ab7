#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "train/baselines/linear_model.hpp"
#include "vio/core/alphabet.hpp"

namespace vio::train {

/// What the linear baselines see of a sequence: into which ranges its length falls, of widths 1, 2,
/// 4 and so on, as far as they occur in the training rows; and, if asked for, square roots of the
/// frequencies of its words of 1 to longest_word() symbols.
class SequenceFeatures {
 public:
  SequenceFeatures(std::span<const std::vector<core::Code>> training, int symbols, bool with_words);

  [[nodiscard]] std::size_t size() const noexcept { return word_features_ + ranges_.size(); }
  /// 6 for DNA; shorter where words of more symbols would be too many. 0 without words.
  [[nodiscard]] std::size_t longest_word() const noexcept { return longest_word_; }

  /// Appends one row.
  void append(std::span<const core::Code> codes, SparseRows& rows) const;
  [[nodiscard]] SparseRows rows_of(std::span<const std::vector<core::Code>> sequences) const;

 private:
  void append_words(std::span<const core::Code> codes, SparseRows& rows) const;

  std::size_t symbols_;
  std::size_t longest_word_ = 0;
  std::size_t word_features_ = 0;
  std::unordered_map<std::uint64_t, std::size_t> ranges_;  ///< key -> number
};

/// A range of lengths: 2^level wide, the one that `length` is in.
[[nodiscard]] constexpr std::uint64_t length_range(std::size_t length, unsigned level) {
  constexpr unsigned kLevelShift = 56;
  return (static_cast<std::uint64_t>(level) << kLevelShift) | (length >> level);
}

}  // namespace vio::train

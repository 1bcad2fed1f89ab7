#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "vio/core/alphabet.hpp"
#include "vio/model/spec.hpp"

namespace vio::model {

/// Where the words of a sequence are in a table of all words (words.weight).
class WordRows {
 public:
  WordRows(int length, std::size_t symbols);

  /// Whether there is a word of known symbols in `codes`.
  [[nodiscard]] bool any(std::span<const core::Code> codes) const noexcept;

  /// Calls visit(row) for every word of known symbols in `codes`, in order.
  template <typename Visit>
  void for_each(std::span<const core::Code> codes, Visit visit) const {
    std::size_t row = 0;
    std::size_t known = 0;
    for (std::size_t i = 0; i < codes.size(); ++i) {
      const std::size_t code = codes[i];
      if (code >= symbols_) {
        row = 0;
        known = 0;
        continue;
      }
      if (known < length_) {
        ++known;
      } else {
        row -= codes[i - length_] * first_digit_;
      }
      row = row * symbols_ + code;
      if (known == length_) {
        visit(row);
      }
    }
  }

 private:
  std::size_t length_;
  std::size_t symbols_;
  std::size_t first_digit_ = 1;  ///< what a word's first symbol counts in its row
};

/// What the words of a window add to its logits; see WordSpec. Immutable and thread-safe.
class WordLogits {
 public:
  /// Keeps a copy of `weights`, those of words.weight.
  WordLogits(const Spec& spec, std::span<const float> weights);

  /// Adds the mean row of the words in `codes`, if there are any, to `logits` [classes].
  void add_to_logits(std::span<const core::Code> codes, std::span<float> logits) const;
  /// The same for `probabilities` [classes] that are a softmax of logits, and stay one. One below
  /// 1e-37 counts as that.
  void add_to_probabilities(std::span<const core::Code> codes,
                            std::span<float> probabilities) const;

 private:
  WordRows rows_;
  std::size_t classes_;
  std::size_t stride_;          ///< classes, rounded up to whole vectors
  std::vector<float> weights_;  ///< [rows, stride]
};

}  // namespace vio::model

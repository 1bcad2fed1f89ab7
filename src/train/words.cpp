#include "train/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "train/baselines/affordable_rows.hpp"
#include "train/baselines/linear_model.hpp"
#include "train/temperature.hpp"
#include "vio/core/error.hpp"
#include "vio/model/word_logits.hpp"

namespace vio::train {

namespace {

// Chosen on validation rows of the HeliX table's training part.
constexpr double kStrength = 1e-4;
constexpr std::int64_t kMostWeights = 1 << 20;  ///< of which fitting needs some dozens of copies
constexpr float kScale = 10;  ///< of frequencies, which are small beside a penalised weight

/// Frequencies of the words of a sequence, and of their beginnings of every length: the rare word
/// leans on its beginning, which is commoner.
class WordFeatures {
 public:
  explicit WordFeatures(const model::Spec& spec)
      : symbols_(static_cast<std::size_t>(spec.alphabet.size())),
        words_(spec.words.length, symbols_) {
    std::size_t beginnings = 1;
    for (int length = 1; length <= spec.words.length; ++length) {
      beginnings *= symbols_;
      firsts_.push_back(size_);
      size_ += beginnings;
    }
    counts_.resize(size_);
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  /// Calls visit(feature) for a word's row and the rows of its beginnings.
  template <typename Visit>
  void for_each_beginning(std::size_t row, Visit visit) const {
    for (auto length = firsts_.size(); length-- > 0; row /= symbols_) {
      visit(firsts_[length] + row);
    }
  }

  void append(std::span<const core::Code> codes, SparseRows& rows) {
    std::size_t words = 0;
    std::vector<std::size_t> present;
    words_.for_each(codes, [&](std::size_t row) {
      ++words;
      for_each_beginning(row, [&](std::size_t feature) {
        if (counts_[feature]++ == 0) {
          present.push_back(feature);
        }
      });
    });
    std::ranges::sort(present);
    for (const auto feature : present) {
      rows.push(feature, kScale * static_cast<float>(counts_[feature]) / static_cast<float>(words));
      counts_[feature] = 0;
    }
    rows.end_row();
  }

 private:
  std::size_t symbols_;
  model::WordRows words_;
  std::vector<std::size_t> firsts_;  ///< first feature of the beginnings of each length
  std::size_t size_ = 0;
  std::vector<std::uint32_t> counts_;  ///< all 0 between rows
};

/// Column `one_class` of words.weight: a word's weight and those of its beginnings.
void fill_column(const WordFeatures& features, const std::vector<float>& weights, double share,
                 std::size_t one_class, std::size_t n_classes, std::vector<float>& table) {
  for (std::size_t row = 0; row * n_classes < table.size(); ++row) {
    double sum = 0;
    features.for_each_beginning(row, [&](std::size_t feature) { sum += weights[feature]; });
    table[row * n_classes + one_class] = static_cast<float>(share * kScale * sum);
  }
}

}  // namespace

void check_words(const model::Spec& spec, double share) {
  if (share < 0 || share >= 1) {
    throw core::UsageError(
        fmt::format("words can have a share of the logits from 0 to below 1, not {}", share));
  }
  const auto weights =
      model::word_rows(spec.words, spec.alphabet) * static_cast<std::int64_t>(spec.classes.size());
  if (share > 0 && weights > kMostWeights) {
    throw core::UsageError(fmt::format(
        "field 'words.length' of the spec makes {} weights, more than the {} that are fitted: give "
        "shorter words, or --word-share 0",
        weights, kMostWeights));
  }
}

void add_silent_words(const model::Spec& spec, model::TensorMap& tensors) {
  const auto rows = model::word_rows(spec.words, spec.alphabet);
  const auto classes = spec.classes.size();
  tensors["words.weight"] = {{rows, static_cast<std::int64_t>(classes)},
                             std::vector<float>(static_cast<std::size_t>(rows) * classes)};
}

void add_words(const model::Spec& spec, model::TensorMap& tensors, const Dataset& rows,
               const WordFit& fit) {
  add_silent_words(spec, tensors);
  if (fit.share <= 0) {
    return;
  }
  const auto affordable = affordable_rows(rows);
  WordFeatures features(spec);
  SparseRows frequencies;
  for (const auto& codes : affordable.sequences) {
    features.append(codes, frequencies);
  }
  const auto classes = spec.classes.size();
  LinearModel linear(features.size(), classes);
  linear.fit(frequencies, affordable.labels, kStrength, fit.threads);
  divide_logits(tensors, 1 / (1 - fit.share));
  auto& bias = tensors.at("classifier.bias").values;
  for (std::size_t k = 0; k < classes; ++k) {
    const auto weights = linear.weights_of(k);
    fill_column(features, weights, fit.share, k, classes, tensors.at("words.weight").values);
    bias[k] += static_cast<float>(fit.share * weights.back());
  }
}

}  // namespace vio::train

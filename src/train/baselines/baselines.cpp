#include "train/baselines/baselines.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <utility>

#include "train/baselines/length_classifier.hpp"
#include "train/baselines/word_classifier.hpp"
#include "train/code_text.hpp"
#include "train/parallel.hpp"

namespace vio::train {

namespace {

using Clock = std::chrono::steady_clock;

SequenceClassifier majority_classifier(const Dataset& training, std::size_t n_classes) {
  std::vector<float> frequencies(n_classes);
  for (const int label : training.labels) {
    frequencies[static_cast<std::size_t>(label)] += 1;
  }
  // One row more a class: what never occurred is not impossible.
  for (auto& frequency : frequencies) {
    frequency = (frequency + 1) / static_cast<float>(training.size() + n_classes);
  }
  return {.description = "the commonest class of the training rows, with the classes' frequencies",
          .classify = [frequencies](std::span<const core::Code>, std::span<float> probabilities) {
            std::ranges::copy(frequencies, probabilities.begin());
          }};
}

/// Rows in an order of their own, so that what is chosen does not depend on how they came.
Dataset sorted_rows(const Dataset& data) {
  std::vector<std::size_t> order(data.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t row) {
    return std::pair(code_text(data.sequences[row]), data.labels[row]);
  };
  std::ranges::sort(order, {}, key);
  return select_rows(data, order);
}

template <typename Make>
Baseline run(std::string name, const Dataset& test, std::size_t n_classes, int threads,
             const Make& make) {
  const auto start = Clock::now();
  const SequenceClassifier classifier = make();
  auto predictions = classify_rows(classifier, test, n_classes, threads);
  return {.name = std::move(name),
          .description = classifier.description,
          .predictions = std::move(predictions),
          .seconds = std::chrono::duration<double>(Clock::now() - start).count()};
}

}  // namespace

Predictions classify_rows(const SequenceClassifier& classifier, const Dataset& rows,
                          std::size_t n_classes, int threads) {
  Predictions predictions{.n_classes = n_classes,
                          .probabilities = std::vector<float>(rows.size() * n_classes),
                          .truth = rows.labels};
  parallel_pieces(rows.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (auto row = begin; row < end; ++row) {
      classifier.classify(rows.sequences[row],
                          std::span(predictions.probabilities).subspan(row * n_classes, n_classes));
    }
  });
  return predictions;
}

std::vector<Baseline> run_baselines(const Dataset& training_rows, const Dataset& test,
                                    const core::Alphabet& alphabet, std::size_t n_classes,
                                    int threads) {
  const auto training = sorted_rows(training_rows);
  const auto against = [&](std::string name, const auto& make) {
    return run(std::move(name), test, n_classes, threads, make);
  };
  return {against("majority class", [&] { return majority_classifier(training, n_classes); }),
          against("length alone", [&] { return length_classifier(training, n_classes, threads); }),
          against("k-mers and length",
                  [&] { return word_classifier(training, alphabet, n_classes, threads); })};
}

}  // namespace vio::train

#include "models/trials.hpp"

#include <algorithm>

#include "vio/train/metrics.hpp"

namespace vio::bench {

std::vector<Trial> try_rates(const train::Trainable& trainable, const train::Parts& parts,
                             const train::FitOptions& options, std::span<const double> rates) {
  std::vector<Trial> trials;
  for (const double rate : rates) {
    auto chosen = options;
    chosen.learning_rate = rate;
    const auto result = train::fit_classifier(trainable, parts.train, {}, chosen, {});
    const auto predictions =
        train::predict_classifier(trainable, result.tensors, parts.validation, options.compute);
    const auto measured = train::scores(train::confusion_matrix(predictions));
    trials.push_back({.rate = rate,
                      .accuracy = measured.accuracy,
                      .macro_f1 = measured.macro_f1,
                      .log_loss = train::mean_log_loss(predictions)});
  }
  return trials;
}

double best_rate(std::span<const Trial> trials) {
  return std::ranges::min_element(trials, {}, &Trial::log_loss)->rate;
}

}  // namespace vio::bench

#include "train/scorer.hpp"

#include <algorithm>
#include <numeric>

#include "train/batch.hpp"
#include "vio/core/error.hpp"
#include "vio/model/word_logits.hpp"

namespace vio::train {

namespace {

std::vector<std::size_t> rows_by_length(const Dataset& data) {
  std::vector<std::size_t> order(data.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t row) { return data.sequences[row].size(); });
  return order;
}

void score_batch(Classifier& classifier, const Batch& batch, std::span<const std::size_t> rows,
                 Predictions& predictions) {
  const torch::NoGradGuard no_grad;
  const auto probabilities = classifier.forward(batch).softmax(1).to(torch::kCPU).contiguous();
  const auto* values = probabilities.data_ptr<float>();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::copy_n(values + i * predictions.n_classes, predictions.n_classes,
                predictions.probabilities.begin() +
                    static_cast<std::ptrdiff_t>(rows[i] * predictions.n_classes));
  }
}

}  // namespace

Predictions score_rows(Replicas& replicas, const model::Spec& spec, const Dataset& data,
                       std::size_t batch_size) {
  Predictions predictions{.n_classes = spec.classes.size(),
                          .probabilities = std::vector<float>(data.size() * spec.classes.size()),
                          .truth = data.labels};
  const auto order = rows_by_length(data);
  replicas.set_training(false);
  replicas.run([&](std::size_t worker) {
    const auto stride = batch_size * replicas.size();
    for (std::size_t begin = worker * batch_size; begin < order.size(); begin += stride) {
      const auto rows = std::span(order).subspan(begin, std::min(batch_size, order.size() - begin));
      score_batch(replicas.at(worker), make_batch(data, rows, spec).to(replicas.device()), rows,
                  predictions);
    }
  });
  return predictions;
}

Predictions predict_classifier(const Trainable& trainable, const model::TensorMap& tensors,
                               const Dataset& data, const ComputeOptions& options) {
  if (options.batch_size == 0) {
    throw core::UsageError("a batch must hold at least one sequence; give a larger batch size");
  }
  Replicas replicas(trainable.make, options);
  if (replicas.load(tensors) != replicas.first().parameters().size()) {
    throw core::InternalError("a classifier is to be measured with weights that are not its own");
  }
  return score_rows(replicas, trainable.spec, data, options.batch_size);
}

Predictions predict(const model::Spec& spec, const model::TensorMap& tensors, const Dataset& data,
                    const ComputeOptions& options) {
  model::check_tensors(spec, tensors, "the network");
  auto predictions = predict_classifier({vio_classifier(spec, {}), spec}, tensors, data, options);
  if (spec.words.length > 0) {
    const model::WordLogits words(spec, tensors.find("words.weight")->second.values);
    for (std::size_t row = 0; row < data.size(); ++row) {
      words.add_to_probabilities(data.sequences[row],
                                 std::span(predictions.probabilities)
                                     .subspan(row * predictions.n_classes, predictions.n_classes));
    }
  }
  return predictions;
}

}  // namespace vio::train

#include "train/strands.hpp"

#include <algorithm>

#include "vio/train/trainer.hpp"

namespace vio::train {

namespace {

Dataset reverse_complements(Dataset data, const core::Alphabet& alphabet) {
  for (auto& codes : data.sequences) {
    reverse_complement(codes, alphabet);
  }
  return data;
}

}  // namespace

void reverse_complement(std::vector<core::Code>& codes, const core::Alphabet& alphabet) {
  std::ranges::reverse(codes);
  for (auto& code : codes) {
    code = alphabet.complement(code);
  }
}

Predictions predict_strand(const model::Model& model, const Dataset& data,
                           const ComputeOptions& options, core::Strand strand) {
  if (strand == core::Strand::forward) {
    return predict(model.spec, model.tensors, data, options);
  }
  auto predictions =
      predict(model.spec, model.tensors, reverse_complements(data, model.spec.alphabet), options);
  if (strand == core::Strand::both) {
    const auto forward = predict(model.spec, model.tensors, data, options);
    std::ranges::transform(predictions.probabilities, forward.probabilities,
                           predictions.probabilities.begin(),
                           [](float reverse, float ahead) { return (reverse + ahead) / 2; });
  }
  return predictions;
}

}  // namespace vio::train

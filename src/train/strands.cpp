#include "train/strands.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "vio/core/error.hpp"
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

Strand strand(std::string_view name) {
  if (name == "forward") {
    return Strand::forward;
  }
  if (name == "reverse") {
    return Strand::reverse;
  }
  if (name == "both") {
    return Strand::both;
  }
  throw core::UsageError(fmt::format("--strand takes forward, reverse or both, not '{}'", name));
}

Predictions predict_strand(const model::Model& model, const Dataset& data,
                           const ComputeOptions& options, Strand strand) {
  if (strand == Strand::forward) {
    return predict(model.spec, model.tensors, data, options);
  }
  const auto& alphabet = model.spec.alphabet;
  if (!alphabet.has_complement()) {
    throw core::UsageError(
        "--strand needs an alphabet with complements, dna or rna, and the model's has none");
  }
  auto predictions =
      predict(model.spec, model.tensors, reverse_complements(data, alphabet), options);
  if (strand == Strand::both) {
    const auto forward = predict(model.spec, model.tensors, data, options);
    std::ranges::transform(predictions.probabilities, forward.probabilities,
                           predictions.probabilities.begin(),
                           [](float reverse, float ahead) { return (reverse + ahead) / 2; });
  }
  return predictions;
}

}  // namespace vio::train

#include "train/cut_windows.hpp"

#include <algorithm>

namespace vio::train {

model::TensorMap scoring_cut_windows(const model::Spec& spec, model::TensorMap tensors) {
  if (!spec.length.enabled || spec.length.cut == model::LengthSpec::Cut::keep) {
    return tensors;
  }
  const auto reader = tensors.find(spec.head.hidden > 0 ? "hidden.weight" : "classifier.weight");
  const auto pooled = static_cast<std::size_t>(model::pooled_features(spec));
  const auto columns = pooled + static_cast<std::size_t>(model::kLengthFeatures);
  auto& values = reader->second.values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i % columns >= pooled) {
      values[i] = 0;
    }
  }
  if (const auto ranges = tensors.find("length_ranges.weight"); ranges != tensors.end()) {
    std::ranges::fill(ranges->second.values, 0.0F);
  }
  return tensors;
}

}  // namespace vio::train

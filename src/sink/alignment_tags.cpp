#include "alignment_tags.hpp"

#include <algorithm>

#include "vio/annotate/class_name.hpp"

namespace vio::sink {

namespace {

constexpr std::string_view kLabel = "vl";
constexpr std::string_view kScore = "vs";
constexpr std::string_view kProbabilities = "vp";

float as_float(annotate::Millionths value) noexcept {
  constexpr double kMillion = 1e6;
  return static_cast<float>(static_cast<double>(value) / kMillion);
}

}  // namespace

AlignmentTags::AlignmentTags(const std::vector<std::string>& classes) {
  for (const auto& name : classes) {
    labels_.push_back(annotate::sam_class_name(name));
  }
}

void AlignmentTags::set(hts::AlignmentRecord& read, const annotate::RecordScore& score) const {
  // Also before they are set anew: of whatever type they were, they stand at the end.
  for (const auto tag : {kLabel, kScore, kProbabilities}) {
    read.remove_tag(tag);
  }
  if (score.probabilities.empty()) {
    return;
  }
  std::vector<float> probabilities(score.probabilities.size());
  std::ranges::transform(score.probabilities, probabilities.begin(), as_float);
  const auto top = annotate::top_class(score.probabilities);
  read.set_tag(kLabel, labels_[top]);
  read.set_tag(kScore, probabilities[top]);
  read.set_tag(kProbabilities, probabilities);
}

}  // namespace vio::sink

#include "train/classifier.hpp"

#include <cmath>

namespace vio::train {

namespace {

/// Names of the network's parameters have no prefix in a model file.
class VioClassifier final : public Classifier {
 public:
  VioClassifier(const model::Spec& spec, const FitOptions& options)
      : network_(spec, options.dropout_channels, options.dropout_head) {
    register_module("network", network_.ptr());
  }

  torch::Tensor forward(const Batch& batch) override {
    return batch.packed
               ? network_->forward_packed(*batch.packed, batch.codes_nl, batch.lengths, batch.whole)
               : network_->forward(batch.codes_nl, batch.lengths, batch.whole);
  }
  [[nodiscard]] bool takes_packed() const override { return true; }
  void set_generator(const c10::optional<at::Generator>& generator) override {
    network_->set_generator(generator);
  }
  [[nodiscard]] model::TensorMap weights() const override { return engine::weights_of(network_); }

 private:
  engine::Network network_;
};

/// A wide stem and blocks that begin as small corrections: five of them train without a warm-up of
/// their own.
void scale_initial_weights(Classifier& classifier) {
  const torch::NoGradGuard no_grad;
  for (auto& item : classifier.named_parameters()) {
    const auto ends = [&](std::string_view tail) { return item.key().ends_with(tail); };
    if (ends("input_proj.weight")) {
      item.value().mul_(2);
    } else if (ends("project.weight")) {
      item.value().mul_(0.5);
    } else if (ends("project.bias") || ends("depth_conv.bias")) {
      item.value().zero_();
    }
  }
}

constexpr std::string_view kPrefix = "network.";

std::string_view file_name(std::string_view name) {
  return name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : name;
}

}  // namespace

model::TensorMap Classifier::weights() const {
  model::TensorMap tensors;
  for (const auto& item : named_parameters()) {
    const auto values = item.value().detach().to(torch::kCPU, torch::kFloat).contiguous();
    const auto* data = values.data_ptr<float>();
    tensors[item.key()] = {values.sizes().vec(), {data, data + values.numel()}};
  }
  return tensors;
}

ClassifierFactory vio_classifier(const model::Spec& spec, const FitOptions& options) {
  const bool scales = options.scaled_init && default_recipe(spec) == "vio";
  return [spec, options, scales]() -> std::shared_ptr<Classifier> {
    auto classifier = std::make_shared<VioClassifier>(spec, options);
    if (scales) {
      scale_initial_weights(*classifier);
    }
    return classifier;
  };
}

std::size_t load_matching(Classifier& classifier, const model::TensorMap& tensors) {
  const torch::NoGradGuard no_grad;
  std::size_t loaded = 0;
  for (auto& item : classifier.named_parameters()) {
    const auto found = tensors.find(file_name(item.key()));
    if (found != tensors.end() && item.value().sizes().vec() == found->second.shape) {
      // from_blob wants a mutable pointer, but copy_ only reads.
      auto* values = const_cast<float*>(found->second.values.data());
      item.value().copy_(torch::from_blob(values, found->second.shape, torch::kFloat));
      ++loaded;
    }
  }
  return loaded;
}

}  // namespace vio::train

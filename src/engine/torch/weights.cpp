#include <torch/types.h>

#include "vio/engine/torch/network.hpp"

namespace vio::engine {

void load_weights(Network& network, const model::TensorMap& tensors) {
  model::check_tensors(network->spec(), tensors, "the network");
  const torch::NoGradGuard no_grad;
  for (auto& item : network->named_parameters()) {
    const model::Tensor& tensor = tensors.find(item.key())->second;
    // from_blob wants a mutable pointer, but copy_ only reads.
    auto* values = const_cast<float*>(tensor.values.data());
    item.value().copy_(torch::from_blob(values, tensor.shape, torch::kFloat));
  }
}

model::TensorMap weights_of(const Network& network) {
  model::TensorMap tensors;
  for (const auto& item : network->named_parameters()) {
    const torch::Tensor values = item.value().detach().to(torch::kCPU, torch::kFloat).contiguous();
    const auto* data = values.data_ptr<float>();
    tensors[item.key()] = {values.sizes().vec(), {data, data + values.numel()}};
  }
  return tensors;
}

}  // namespace vio::engine

#include "engine/torch/load_network.hpp"

namespace vio::engine {

Network load_network(const model::Model& model, const torch::Device& device) {
  Network network(model.spec);
  load_weights(network, model.tensors);
  network->eval();
  network->to(device);
  return network;
}

}  // namespace vio::engine

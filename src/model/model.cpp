#include "vio/model/model.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <numeric>

#include "vio/core/error.hpp"

namespace vio::model {

namespace {

std::string shape_text(const std::vector<std::int64_t>& shape) {
  return fmt::format("[{}]", fmt::join(shape, ", "));
}

void check_tensor(const TensorShape& expected, const Tensor& tensor, std::string_view where) {
  if (tensor.shape != expected.shape) {
    throw core::ModelError(fmt::format("{}: tensor '{}' has shape {} where the spec demands {}",
                                       where, expected.name, shape_text(tensor.shape),
                                       shape_text(expected.shape)));
  }
  const auto count = std::accumulate(expected.shape.begin(), expected.shape.end(), std::int64_t{1},
                                     std::multiplies<>());
  if (static_cast<std::int64_t>(tensor.values.size()) != count) {
    throw core::ModelError(fmt::format("{}: tensor '{}' of shape {} has {} values, not {}", where,
                                       expected.name, shape_text(expected.shape),
                                       tensor.values.size(), count));
  }
  for (std::size_t i = 0; i < tensor.values.size(); ++i) {
    if (!std::isfinite(tensor.values[i])) {
      throw core::ModelError(fmt::format("{}: value {} of tensor '{}' is not a finite number",
                                         where, i, expected.name));
    }
  }
}

}  // namespace

std::span<const float> Model::values(std::string_view tensor) const {
  const auto found = tensors.find(tensor);
  if (found == tensors.end()) {
    throw core::ModelError(fmt::format("model '{}' lacks the tensor '{}'", card.name, tensor));
  }
  return found->second.values;
}

void check_tensors(const Spec& spec, const TensorMap& tensors, std::string_view where) {
  const auto expected = tensor_shapes(spec);
  for (const auto& tensor : expected) {
    const auto found = tensors.find(tensor.name);
    if (found == tensors.end()) {
      throw core::ModelError(
          fmt::format("{}: tensor '{}', which the spec demands, is missing", where, tensor.name));
    }
    check_tensor(tensor, found->second, where);
  }
  if (tensors.size() == expected.size()) {
    return;
  }
  TensorMap rest = tensors;
  for (const auto& tensor : expected) {
    rest.erase(tensor.name);
  }
  throw core::ModelError(
      fmt::format("{}: tensor '{}' is not part of the spec", where, rest.begin()->first));
}

}  // namespace vio::model

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "vio/model/spec.hpp"

namespace vio::model {

/// A float32 tensor, row-major.
struct Tensor {
  std::vector<std::int64_t> shape;
  std::vector<float> values;
};

using TensorMap = std::map<std::string, Tensor, std::less<>>;

/// What a person should know before trusting a model; all optional but the name.
struct Card {
  std::string name;          ///< registry name, such as `vio-v1`
  std::string description;   ///< one sentence
  std::string license;       ///< of the weights
  std::string trained_on;    ///< data, split, how
  std::string limits;        ///< what must not be concluded
  std::string metrics_json;  ///< measured quality, a JSON object; `{}` where nothing was measured
};

/// A spec, its weights, and what is known about them. Immutable after load; share it freely.
struct Model {
  Spec spec;
  TensorMap tensors;  ///< exactly tensor_shapes(spec)
  Card card;
  std::string sha256;  ///< of the whole file, lower-case hex; empty for a model made in memory

  /// Values of a tensor that the spec demands. Throws core::ModelError where it is missing.
  [[nodiscard]] std::span<const float> values(std::string_view tensor) const;
};

/// Reads and checks a .safetensors bundle. Throws core::ModelError, naming the file and what is
/// wrong: truncated, claims more than it holds, overlapping or missing tensors, wrong shapes, NaN.
/// Never allocates what a file merely claims.
[[nodiscard]] Model load_model(const std::filesystem::path& file);

/// The bytes of a .safetensors bundle, deterministic for the same model.
[[nodiscard]] std::string serialize_model(const Model& model);

/// Writes serialize_model(model) to a temporary name, then renames. Throws core::OutputError.
void save_model(const Model& model, const std::filesystem::path& file);

/// Only the tensors of any .safetensors file (F32, F64, F16, BF16, read as float32), without
/// metadata: what `vio-train import` starts from. Same checks as load_model.
[[nodiscard]] TensorMap load_tensors(const std::filesystem::path& file);

/// Throws core::ModelError unless `tensors` is exactly what `spec` demands, all finite.
void check_tensors(const Spec& spec, const TensorMap& tensors, std::string_view where);

}  // namespace vio::model

#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vio/model/model.hpp"

namespace vio::model {

using Metadata = std::map<std::string, std::string, std::less<>>;

enum class ElementType : std::uint8_t { f32, f64, f16, bf16 };

/// One tensor as the header of a .safetensors file describes it, checked against the file's size.
struct TensorEntry {
  std::string name;
  ElementType type = ElementType::f32;
  std::vector<std::int64_t> shape;
  std::string_view bytes;  ///< a view on the file's bytes
};

/// A whole .safetensors file; views on the bytes it was parsed from.
struct Safetensors {
  bool has_metadata = false;
  Metadata metadata;
  std::vector<TensorEntry> tensors;  ///< in the order of their bytes
};

/// Checks everything that the header claims against `file`: lengths, types, shapes, and that the
/// tensors cover the data without holes or overlaps. Throws core::ModelError.
[[nodiscard]] Safetensors parse_safetensors(std::string_view file);

/// The tensor's values as float32. Throws core::ModelError for values that are not finite.
[[nodiscard]] Tensor decode_tensor(const TensorEntry& entry);

/// The bytes of a .safetensors file with these float32 tensors, in this order.
struct NamedTensor {
  std::string_view name;
  const Tensor* tensor;
};
[[nodiscard]] std::string write_safetensors(
    std::span<const std::pair<std::string, std::string>> metadata,
    std::span<const NamedTensor> tensors);

}  // namespace vio::model

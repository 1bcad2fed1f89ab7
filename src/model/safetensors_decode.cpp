#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "model/safetensors.hpp"
#include "vio/core/error.hpp"

namespace vio::model {

namespace {

float from_f32(float value) {
  return value;
}

/// A value beyond float's range becomes infinite, which the caller refuses.
float from_f64(double value) {
  constexpr double kMax = std::numeric_limits<float>::max();
  return std::abs(value) <= kMax ? static_cast<float>(value)
                                 : std::numeric_limits<float>::infinity();
}

float from_bf16(std::uint16_t bits) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16U);
}

float from_f16(std::uint16_t bits) {
  const int exponent = (bits >> 10U) & 0x1F;
  const int fraction = bits & 0x3FF;
  const float sign = (bits & 0x8000U) != 0 ? -1.0F : 1.0F;
  if (exponent == 0x1F) {
    return std::numeric_limits<float>::infinity();
  }
  const int significand = exponent == 0 ? fraction : fraction + 0x400;
  return sign * std::ldexp(static_cast<float>(significand), (exponent == 0 ? 1 : exponent) - 25);
}

template <typename Element, typename Convert>
std::vector<float> decode(std::string_view bytes, Convert convert) {
  std::vector<float> values(bytes.size() / sizeof(Element));
  for (std::size_t i = 0; i < values.size(); ++i) {
    Element element{};
    std::memcpy(&element, bytes.data() + i * sizeof(Element), sizeof(Element));
    values[i] = convert(element);
  }
  return values;
}

std::vector<float> decode(const TensorEntry& entry) {
  switch (entry.type) {
    case ElementType::f64:
      return decode<double>(entry.bytes, from_f64);
    case ElementType::f16:
      return decode<std::uint16_t>(entry.bytes, from_f16);
    case ElementType::bf16:
      return decode<std::uint16_t>(entry.bytes, from_bf16);
    case ElementType::f32:
      break;
  }
  return decode<float>(entry.bytes, from_f32);
}

}  // namespace

Tensor decode_tensor(const TensorEntry& entry) {
  Tensor tensor{entry.shape, decode(entry)};
  for (std::size_t i = 0; i < tensor.values.size(); ++i) {
    if (!std::isfinite(tensor.values[i])) {
      throw core::ModelError(
          fmt::format("value {} of tensor '{}' is not a finite float32 number", i, entry.name));
    }
  }
  return tensor;
}

}  // namespace vio::model

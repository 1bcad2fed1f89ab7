#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "vio/train/dataset.hpp"

namespace vio::train {

/// FNV-1a over 64 bits: tells data apart that should be the same, not data that someone forged.
class Fingerprint {
 public:
  void add(std::uint64_t value);
  void add(const Dataset& data);
  void add(std::span<const float> values);
  /// 16 hexadecimal digits.
  [[nodiscard]] std::string text() const;

 private:
  std::uint64_t state_ = 0xCBF29CE484222325U;
};

/// Of the rows and their order.
[[nodiscard]] std::string fingerprint(const Dataset& data);

}  // namespace vio::train

#pragma once

#include <span>

#include "engine/fused/network.hpp"

namespace vio::engine::fused {

/// Rows of features with zeros before and after them, as convolutions read them.
class Rows {
 public:
  /// Keeps the memory it has where that is enough.
  void resize(std::size_t positions, std::size_t units, std::size_t halo);
  [[nodiscard]] float* at(std::size_t position) noexcept {
    return values_.data() + (halo_ + position) * stride_;
  }

 private:
  AlignedVector<float> values_;
  std::size_t stride_ = 0;
  std::size_t halo_ = 0;
};

/// Memory of the features of one strip, kept from strip to strip.
struct StripScratch {
  AlignedVector<core::Code> codes;  ///< with the stem's reach of padding on either side
  Rows x;
  Rows next;
  AlignedVector<float> gates;  ///< [kChunk, widest]
  AlignedVector<float> mixed;  ///< [kChunk, widest]
};

/// Positions that go through a layer at a time: their rows stay in the first-level cache.
inline constexpr std::size_t kChunk = 48;

/// The final features [codes.size(), units * 16] of a strip that has nothing beside it: a window,
/// with the padding of a fixed one. They lie in `scratch` until its next use.
[[nodiscard]] float* strip_features(const PackedStack& stack, const Kernels& kernels,
                                    std::span<const core::Code> codes, core::Code pad,
                                    StripScratch& scratch);

}  // namespace vio::engine::fused

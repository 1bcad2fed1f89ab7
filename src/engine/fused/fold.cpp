#include "engine/fused/fold.hpp"

#include <algorithm>
#include <utility>

namespace vio::engine::fused {

namespace {

/// Only rows that a sequence uses take room in a cache: of v1's 4.3 MB, 0.26 for bases without N.
constexpr std::size_t kMostBytes = std::size_t{8} << 20U;

/// Strings that go through the block together.
constexpr std::size_t kTogether = 48;

/// Computes a gated block's features in the middle of strings of codes.
class StringBlock {
 public:
  StringBlock(const PackedStem& stem, const PackedBlock& block, const Kernels& kernels)
      : stem_(stem),
        block_(block),
        kernels_(kernels),
        stride_(stem.units * kUnit),
        span_(2 * block.depth_conv.reach() + 1),
        outside_(static_cast<core::Code>(stem.codes)),
        x_(kTogether * span_ * stride_),
        y_(kTogether * stride_) {}

  [[nodiscard]] std::size_t span() const noexcept { return span_; }
  [[nodiscard]] core::Code outside() const noexcept { return outside_; }
  [[nodiscard]] std::size_t codes() const noexcept { return stem_.codes + 1; }

  /// Rows of all strings, in the order of their numbers. Strings that no window holds stay zero.
  [[nodiscard]] AlignedVector<float> table() {
    std::size_t strings = 1;
    for (std::size_t k = 0; k < span_; ++k) {
      strings *= codes();
    }
    AlignedVector<float> rows(strings * stride_);
    std::vector<std::size_t> some;
    for (std::size_t number = 0; number < strings; ++number) {
      if (possible(number)) {
        add(number, some);
      }
      if (some.size() == kTogether || number + 1 == strings) {
        compute(some.size());
        for (std::size_t i = 0; i < some.size(); ++i) {
          std::copy_n(y_.data() + i * stride_, stride_, rows.data() + some[i] * stride_);
        }
        some.clear();
      }
    }
    return rows;
  }

 private:
  [[nodiscard]] core::Code code(std::size_t number, std::size_t position) const {
    for (std::size_t k = position + 1; k < span_; ++k) {
      number /= codes();
    }
    return static_cast<core::Code>(number % codes());
  }

  /// Codes beside a window lie at the ends, never in the middle.
  [[nodiscard]] bool possible(std::size_t number) const {
    const auto middle = span_ / 2;
    bool inside = code(number, middle) != outside_;
    for (std::size_t k = 0; k < middle; ++k) {
      inside = inside && (code(number, k) == outside_ || code(number, k + 1) != outside_) &&
               (code(number, span_ - 1 - k) == outside_ || code(number, span_ - 2 - k) != outside_);
    }
    return inside;
  }

  void add(std::size_t number, std::vector<std::size_t>& some) {
    float* to = x_.data() + some.size() * span_ * stride_;
    for (std::size_t k = 0; k < span_; ++k, to += stride_) {
      const core::Code symbol = code(number, k);
      if (symbol == outside_) {
        std::fill_n(to, stride_, 0.0F);
      } else {
        kernels_.stem(stem_, &symbol, 1, to);
      }
    }
    some.push_back(number);
  }

  void compute(std::size_t count) {
    const float* const middle = x_.data() + span_ / 2 * stride_;
    kernels_.linear_sigmoid(block_.gate, middle, span_ * stride_, count, y_.data());
    for (std::size_t i = 0; i < count; ++i) {
      float* const y = y_.data() + i * stride_;
      kernels_.mix(block_.depth_conv, middle + i * span_ * stride_, y, 1, y);
    }
    kernels_.norm(block_.norm, y_.data(), count, y_.data());
  }

  const PackedStem& stem_;
  const PackedBlock& block_;
  const Kernels& kernels_;
  std::size_t stride_;
  std::size_t span_;
  core::Code outside_;
  AlignedVector<float> x_;  // [kTogether, span, padded]
  AlignedVector<float> y_;  // [kTogether, padded]
};

bool fits(const PackedStem& stem, const PackedBlock& block) {
  const auto span = 2 * block.depth_conv.reach() + 1;
  auto bytes = stem.units * kUnit * sizeof(float);
  for (std::size_t k = 0; k < span && bytes <= kMostBytes; ++k) {
    bytes *= stem.codes + 1;
  }
  return bytes <= kMostBytes;
}

}  // namespace

void fold_first_block(PackedStack& stack, const Kernels& kernels) {
  if (stack.blocks.empty() || stack.stem.kernel != 1) {
    return;
  }
  const auto& block = stack.blocks.front();
  if (block.kind != model::BlockSpec::Kind::gated || !fits(stack.stem, block)) {
    return;
  }
  StringBlock strings(stack.stem, block, kernels);
  PackedStem folded{.kernel = strings.span(),
                    .codes = strings.codes(),
                    .units = stack.stem.units,
                    .outside = strings.outside(),
                    .tables = {}};
  folded.tables.push_back({.first = 0, .span = strings.span(), .rows = strings.table()});
  stack.stem_flops += block.expand_flops + block.mix_flops;
  stack.stem = std::move(folded);
  stack.blocks.erase(stack.blocks.begin());
  ++stack.folded;
}

}  // namespace vio::engine::fused

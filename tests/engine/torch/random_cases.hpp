#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "vio/model/model.hpp"
#include "vio/window/window.hpp"

namespace vio::test {

/// Seeded random specs, weights and windows. The same seed gives the same cases.
class RandomCases {
 public:
  explicit RandomCases(std::uint32_t seed) : random_(seed), added_(seed) {}

  int between(int low, int high) {
    return low + static_cast<int>(random_() % static_cast<std::uint32_t>(high - low + 1));
  }
  bool chance(int percent) { return between(1, 100) <= percent; }

  model::Spec spec() {
    model::Spec spec;
    spec.unknown_channel = chance(50);
    spec.fixed_window = chance(50);
    spec.window = between(1, 90);
    spec.pooling.heads = between(1, 4);
    spec.channels = spec.pooling.heads * between(1, 9);
    spec.stem_kernel = 2 * between(0, 4) + 1;
    for (int i = between(0, 4); i > 0; --i) {
      spec.blocks.push_back(block());
    }
    spec.final_norm = chance(50);
    spec.pooling.kinds = pool_kinds();
    spec.pooling.over_padding = spec.fixed_window && chance(50);
    spec.pooling.score_bound = between(1, 6);
    spec.length.enabled = chance(50);
    spec.length.cut = chance(50) ? model::LengthSpec::Cut::mask : model::LengthSpec::Cut::keep;
    spec.length.range_levels = spec.length.enabled ? static_cast<int>(added_() % 8) : 0;
    spec.words.length = static_cast<int>(added_() % 5);
    spec.head = {chance(50), chance(50) ? between(1, 12) : 0};
    for (int i = between(2, 5); i > 0; --i) {
      spec.classes.push_back("class" + std::to_string(i));
    }
    return spec;
  }

  std::shared_ptr<const model::Model> model(const model::Spec& spec) {
    auto model = std::make_shared<model::Model>();
    model->spec = spec;
    for (const auto& [name, shape] : model::tensor_shapes(spec)) {
      model->tensors[name] = tensor(shape, is_added(name) ? added_ : random_);
    }
    return model;
  }

  /// Symbols with runs of the unknown one.
  window::Block block_of(std::size_t length) {
    window::Block block;
    while (block.codes.size() < length) {
      const bool unknown = chance(10);
      for (int run = unknown ? between(1, 12) : between(1, 60); run > 0; --run) {
        block.codes.push_back(static_cast<core::Code>(unknown ? 4 : between(0, 3)));
      }
    }
    block.codes.resize(length);
    return block;
  }

  /// A view of 1 to `longest` positions of `block`, some with an edit in them, some reversed.
  /// `alt` must outlive the window.
  window::Window view(const window::Block& block, int longest, std::vector<core::Code>& alt) {
    const int most = std::min(longest, static_cast<int>(block.codes.size()));
    const int length = chance(20) ? std::min(between(1, 3), most) : between(1, most);
    window::Window window;
    window.block = &block;
    window.begin = between(0, static_cast<int>(block.codes.size()) - length);
    window.end = window.begin + length;
    window.reverse = chance(40);
    window.whole = chance(50);
    if (chance(40)) {
      const int at = between(0, length - 1);
      const int removed = between(1, length - at);
      const int added = between(1, removed + longest - length);
      alt = block_of(static_cast<std::size_t>(added)).codes;
      window.edit = window::Edit{window.begin + at, removed, alt};
    }
    return window;
  }

 private:
  model::BlockSpec block() {
    model::BlockSpec block;
    block.kernel = 2 * between(0, 4) + 1;
    block.dilation = between(1, 5);
    if (chance(50)) {
      block.kind = model::BlockSpec::Kind::residual;
      block.width = between(1, 20);
    }
    return block;
  }

  std::vector<model::PoolKind> pool_kinds() {
    using enum model::PoolKind;
    std::vector<model::PoolKind> kinds{mean, sum, max, log_sum_exp, attention};
    std::shuffle(kinds.begin(), kinds.end(), random_);
    kinds.resize(static_cast<std::size_t>(between(1, 5)));
    return kinds;
  }

  static bool is_added(const std::string& name) {
    return name == "length_ranges.weight" || name == "words.weight";
  }

  /// Sized so that layers keep the scale of their input, as trained ones do.
  static model::Tensor tensor(const std::vector<std::int64_t>& shape, std::mt19937& random) {
    std::int64_t count = 1;
    for (const auto size : shape) {
      count *= size;
    }
    const std::int64_t fan_in = count / shape.front();
    const double bound = shape.size() > 1 ? 1.5 / std::sqrt(static_cast<double>(fan_in)) : 0.5;
    std::uniform_real_distribution<float> values(static_cast<float>(-bound),
                                                 static_cast<float>(bound));
    model::Tensor tensor{shape, {}};
    for (std::int64_t i = 0; i < count; ++i) {
      tensor.values.push_back(values(random));
    }
    return tensor;
  }

  std::mt19937 random_;
  std::mt19937 added_;  ///< of what came later, so that all else stays what it was without it
};

/// The plain view [begin, end) of `block`.
inline window::Window plain_view(const window::Block& block, std::int64_t begin, std::int64_t end) {
  window::Window window;
  window.block = &block;
  window.begin = begin;
  window.end = end;
  return window;
}

/// Windows on one block, with what they view.
struct Windows {
  window::Block block;
  std::vector<std::vector<core::Code>> alts;
  std::vector<window::Window> windows;
};

inline std::unique_ptr<Windows> random_windows(RandomCases& cases, const model::Spec& spec,
                                               std::size_t count) {
  const int longest = spec.fixed_window ? spec.window : 150;
  auto made = std::make_unique<Windows>();
  made->block = cases.block_of(400);
  made->alts.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    made->windows.push_back(cases.view(made->block, longest, made->alts[i]));
  }
  return made;
}

}  // namespace vio::test

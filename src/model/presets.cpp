#include "vio/model/presets.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "vio/core/error.hpp"

namespace vio::model {

namespace {

using Make = Spec (*)(std::vector<std::string>);

struct Preset {
  std::string_view name;
  Make make;
};

constexpr std::array kPresets{Preset{"v1", v1_spec}, Preset{"fast", fast_spec},
                              Preset{"default", default_spec}, Preset{"large", large_spec}};

constexpr int kStemKernel = 11;
constexpr int kRangeLevels = 11;  ///< lengths up to 2047
constexpr int kWordLength = 6;

/// What the residual members have in common; `dilations` of their blocks.
Spec residual_spec(int channels, int kernel, std::initializer_list<int> dilations,
                   std::vector<std::string> classes) {
  Spec spec;
  spec.unknown_channel = false;
  spec.fixed_window = false;
  spec.channels = channels;
  spec.stem_kernel = kStemKernel;
  for (const int dilation : dilations) {
    spec.blocks.push_back({BlockSpec::Kind::residual, kernel, dilation, channels});
  }
  spec.final_norm = true;
  spec.pooling.kinds = {PoolKind::mean, PoolKind::max, PoolKind::attention};
  spec.length.enabled = true;
  spec.length.range_levels = kRangeLevels;
  spec.words.length = kWordLength;
  spec.classes = std::move(classes);
  return spec;
}

}  // namespace

Spec v1_spec(std::vector<std::string> classes) {
  Spec spec;
  spec.blocks.assign(4, BlockSpec{});
  spec.pooling.over_padding = true;
  spec.classes = std::move(classes);
  return spec;
}

Spec fast_spec(std::vector<std::string> classes) {
  auto spec = residual_spec(32, 5, {1, 1, 1, 2}, std::move(classes));
  spec.head = {.norm = true, .hidden = 96};
  return spec;
}

Spec vio_s_spec(std::vector<std::string> classes) {
  auto spec = default_spec(std::move(classes));
  spec.pooling.kinds = {PoolKind::mean, PoolKind::attention};
  spec.length.range_levels = 0;
  spec.words.length = 0;
  return spec;
}

Spec default_spec(std::vector<std::string> classes) {
  auto spec = residual_spec(64, 9, {1, 1, 2, 2, 4}, std::move(classes));
  spec.head = {.norm = true, .hidden = 128};
  return spec;
}

Spec large_spec(std::vector<std::string> classes) {
  auto spec = residual_spec(128, 9, {1, 1, 2, 4, 8, 1}, std::move(classes));
  spec.head = {.norm = true, .hidden = 192};
  return spec;
}

std::vector<std::string_view> preset_names() {
  std::vector<std::string_view> names(kPresets.size());
  std::ranges::transform(kPresets, names.begin(), &Preset::name);
  return names;
}

bool is_preset(std::string_view name) {
  return std::ranges::find(kPresets, name, &Preset::name) != kPresets.end();
}

Spec preset(std::string_view name, std::vector<std::string> classes) {
  const auto found = std::ranges::find(kPresets, name, &Preset::name);
  if (found == kPresets.end()) {
    throw core::UsageError(fmt::format("there is no preset '{}': the presets are {}", name,
                                       fmt::join(preset_names(), ", ")));
  }
  return found->make(std::move(classes));
}

}  // namespace vio::model

#include "engine/fused/kernels.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <mutex>
#include <string_view>

#include "vio/core/error.hpp"

// Vectors of unknown length cannot fill arrays of registers.
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/fused/kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/fused/linear-inl.h"
#include "engine/fused/local-inl.h"
#include "engine/fused/pool-inl.h"

HWY_BEFORE_NAMESPACE();
namespace vio::engine::fused::HWY_NAMESPACE {

const Kernels* kernel_table() {
  static const Kernels table{.target = hwy::TargetName(HWY_TARGET),
                             .stem = stem,
                             .linear = linear<Store>,
                             .linear_sigmoid = linear<StoreSigmoid>,
                             .linear_sigmoid_scattered = linear_scattered<StoreSigmoid>,
                             .linear_add = linear<AddTo>,
                             .mix = mix,
                             .norm = norm,
                             .attention_weights = attention_weights,
                             .weighted_sums = weighted_sums,
                             .sums = plain_sums,
                             .maxima = maxima};
  return &table;
}

}  // namespace vio::engine::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vio::engine::fused {

HWY_EXPORT(kernel_table);

namespace {

const Kernels& kernels_of(std::int64_t target) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  hwy::GetChosenTarget().Update(target);
  return *HWY_DYNAMIC_DISPATCH(kernel_table)();
}

std::string target_names(const std::vector<std::int64_t>& targets) {
  std::string names;
  for (const auto target : targets) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", hwy::TargetName(target));
  }
  return names;
}

}  // namespace

std::vector<const Kernels*> all_kernels() {
  std::vector<const Kernels*> all;
  for (const auto target : hwy::SupportedAndGeneratedTargets()) {
    all.push_back(&kernels_of(target));
  }
  return all;
}

const Kernels& best_kernels() {
  const auto targets = hwy::SupportedAndGeneratedTargets();
  const char* const wanted = std::getenv("VIO_SIMD_TARGET");
  if (wanted == nullptr || std::string_view(wanted).empty()) {
    return kernels_of(hwy::SupportedTargets());
  }
  for (const auto target : targets) {
    if (std::string_view(wanted) == hwy::TargetName(target)) {
      return kernels_of(target);
    }
  }
  throw core::UsageError(fmt::format(
      "the environment variable VIO_SIMD_TARGET asks for '{}', which this build or this "
      "machine lacks; unset it, or use one of {}",
      wanted, target_names(targets)));
}

}  // namespace vio::engine::fused
#endif

#pragma once

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

#include "train/division.hpp"
#include "vio/core/error.hpp"
#include "vio/train/fit_options.hpp"

namespace vio::train {

template <typename Value, std::size_t n>
using Names = std::array<std::pair<std::string_view, Value>, n>;

inline constexpr Names<Optimizer, 2> kOptimizers{
    {{"adam", Optimizer::adam}, {"adamw", Optimizer::adamw}}};
inline constexpr Names<Schedule, 2> kSchedules{
    {{"constant", Schedule::constant}, {"cosine", Schedule::cosine}}};
inline constexpr Names<ClassWeights, 3> kClassWeights{{{"none", ClassWeights::none},
                                                       {"balanced", ClassWeights::balanced},
                                                       {"sqrt", ClassWeights::sqrt}}};
inline constexpr Names<Monitor, 4> kMonitors{{{"loss", Monitor::loss},
                                              {"accuracy", Monitor::accuracy},
                                              {"macro-f1", Monitor::macro_f1},
                                              {"mcc", Monitor::mcc}}};
inline constexpr Names<SplitBy, 2> kSplitKinds{
    {{"label", SplitBy::label}, {"similarity", SplitBy::similarity}}};

template <typename Value, std::size_t n>
std::string_view name_of(const Names<Value, n>& names, Value wanted) {
  for (const auto& [name, value] : names) {
    if (value == wanted) {
      return name;
    }
  }
  throw core::InternalError("an option has a value without a name");
}

template <typename Value, std::size_t n>
Value value_of(const Names<Value, n>& names, std::string_view wanted) {
  for (const auto& [name, value] : names) {
    if (name == wanted) {
      return value;
    }
  }
  throw core::UsageError(fmt::format("'{}' is not a choice; --help lists them", wanted));
}

}  // namespace vio::train

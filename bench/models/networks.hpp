#pragma once

#include <span>
#include <string_view>

#include "train/classifier.hpp"

namespace vio::bench {

// About as many parameters as VIO's default has; sizes are in the files of the same names.
[[nodiscard]] train::ClassifierFactory transformer(const model::Spec& spec,
                                                   const train::FitOptions& options);
[[nodiscard]] train::ClassifierFactory cnn(const model::Spec& spec,
                                           const train::FitOptions& options);
[[nodiscard]] train::ClassifierFactory bilstm(const model::Spec& spec,
                                              const train::FitOptions& options);

/// A network that takes part in the comparison.
struct Contender {
  std::string_view name;
  std::string_view summary;
  train::ClassifierFactory (*make)(const model::Spec&, const train::FitOptions&);
};

[[nodiscard]] std::span<const Contender> contenders();

/// Throws core::UsageError where there is none of that name.
[[nodiscard]] const Contender& contender(std::string_view name);

}  // namespace vio::bench

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "vio/model/spec.hpp"
#include "vio/train/dataset.hpp"
#include "vio/train/fit_options.hpp"

namespace vio::train {

/// One training row as the network sees it in one epoch.
struct AugmentedRow {
  std::vector<core::Code> codes;
  bool whole = true;
};

/// Random changes of rows. Immutable, safe to share between threads.
class Augmenter {
 public:
  /// Throws core::UsageError for a class that the spec lacks, for reverse complements of an
  /// alphabet without complements.
  Augmenter(const model::Spec& spec, const Augmentation& options, std::uint32_t seed);

  [[nodiscard]] AugmentedRow row(const Dataset& data, std::size_t row, int epoch) const;

 private:
  core::Alphabet alphabet_;
  Augmentation options_;
  std::uint32_t seed_;
  std::vector<bool> turned_;  ///< classes whose reverse complement is of the same class
};

}  // namespace vio::train

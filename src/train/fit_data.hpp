#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "vio/train/dataset.hpp"
#include "vio/train/table.hpp"

namespace vio::train {

/// How rows are divided into what trains, what chooses the epoch, and what is only measured.
struct PartOptions {
  double test_fraction = 0.2;        ///< of all rows; 0: no test part
  double validation_fraction = 0.0;  ///< of the other rows; 0: no validation part
  std::uint32_t seed = 42;
};

struct Parts {
  Dataset train;
  Dataset validation;
  Dataset test;
};

/// Splits off the test part, then the validation part from what is left. Throws core::UsageError.
[[nodiscard]] Parts make_parts(const Table& table, const model::Spec& spec,
                               const PartOptions& options);

}  // namespace vio::train

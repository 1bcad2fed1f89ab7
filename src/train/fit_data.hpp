#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "train/fit_tables.hpp"
#include "vio/train/dataset.hpp"

namespace vio::train {

/// How rows are divided into what trains, what chooses the epoch, and what is only measured.
struct PartOptions {
  double test_fraction = 0.2;        ///< of all rows; 0: no test part
  double validation_fraction = 0.0;  ///< of the other rows; 0: no validation part
  std::uint32_t seed = 42;
  /// Training rows go whose 11-mers have at least this Jaccard similarity with those of a test row
  /// or of FitTables::unlike; 0: none go.
  double drop_similar = 0;
  bool drop_added_only = false;  ///< only rows of FitTables::added go
  int threads = 1;               ///< that compare sequences; the result does not depend on it
};

struct Parts {
  Dataset train;
  Dataset validation;
  Dataset test;
  std::size_t dropped_rows = 0;   ///< by PartOptions::drop_similar, of those divided
  std::size_t dropped_added = 0;  ///< the same, of those added
};

/// Splits off the test part, adds the rows that only train, drops what is too similar, and splits
/// off the validation part from what is left. Throws core::UsageError.
[[nodiscard]] Parts make_parts(const FitTables& tables, const model::Spec& spec,
                               const PartOptions& options);

}  // namespace vio::train

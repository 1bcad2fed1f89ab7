#pragma once

#include <optional>
#include <string>
#include <vector>

#include "vio/cli/parse.hpp"
#include "vio/train/table.hpp"

namespace vio::train {

/// The files of a training run, as read.
struct FitTables {
  Table rows;  ///< that are divided into parts; every class has two rows at least
  std::vector<std::string> classes;  ///< of `rows`, sorted; two at least
  std::optional<Table> added;        ///< rows for training only
  std::optional<Table> validation;   ///< in place of a fraction of the training rows
  std::optional<Table> test;         ///< in place of a fraction of `rows`
  std::optional<Table> unlike;       ///< sequences that no training row may resemble
};

/// Reads what the argument, --add-train, --validation, --test and --drop-similar-to name, with the
/// column names of --seq-column and --label-column for all. Throws core::UsageError where there are
/// fewer than two classes or another table has a class that the first lacks, and what load_table
/// throws.
[[nodiscard]] FitTables load_fit_tables(const cli::ParsedOptions& options);

}  // namespace vio::train

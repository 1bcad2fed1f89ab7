#pragma once

#include <string>

#include "train/fit_record.hpp"
#include "train/json.hpp"
#include "vio/cli/parse.hpp"
#include "vio/model/model.hpp"
#include "vio/train/table.hpp"

namespace vio::train {

/// Which rows were kept for the test, as the model's card keeps it, so that they can be found
/// again.
[[nodiscard]] OrderedJson test_part_to_json(const FitRecord& record);

/// A table, divided.
struct TableParts {
  Table test;
  Table training;
};

/// The test part of a table as fit split it off, and the other rows: how is told by the options
/// that were given, else by the model's card, else by fit's defaults. Throws core::UsageError where
/// the model was tested otherwise, and where the rows are not those that its card remembers.
[[nodiscard]] TableParts test_part(Table table, const model::Model& model,
                                   const cli::ParsedOptions& options);

}  // namespace vio::train

#pragma once

#include <string>

#include "train/fit_data.hpp"
#include "train/fit_record.hpp"
#include "train/fit_tables.hpp"
#include "vio/cli/parse.hpp"

namespace vio::train {

/// What the options say; wrong ones are found before anything is read.
[[nodiscard]] FitRecord asked_for(const cli::ParsedOptions& options, const std::string& command);

/// Reads the tables and the spec, and notes in `record` which they are.
[[nodiscard]] FitTables read_tables(FitRecord& record, const cli::ParsedOptions& options);

/// Notes in `record` how the rows were divided, and says it.
void note_parts(const Parts& parts, FitRecord& record, bool quiet);

/// A folder that cannot be written should be found before training, not after it. Throws
/// core::OutputError, which names `option`.
void check_folder(const std::string& output, std::string_view option);

}  // namespace vio::train

#pragma once

#include <string>
#include <string_view>
#include <vector>

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

/// Classes without a row among `labels`, said in a sentence about that part of the rows; empty
/// where there are none, or no rows.
[[nodiscard]] std::string absent_classes(const std::vector<int>& labels,
                                         const std::vector<std::string>& classes,
                                         std::string_view part);

/// Where the numbers go: --metrics, or beside --output.
[[nodiscard]] std::string metrics_path(const cli::ParsedOptions& options);
/// Where the page goes: --html, or beside --output, or beside --metrics where nothing else is
/// written.
[[nodiscard]] std::string page_path(const cli::ParsedOptions& options);

/// A folder that cannot be written should be found before training, not after it. Throws
/// core::OutputError, which names `option`.
void check_folder(const std::string& output, std::string_view option);

}  // namespace vio::train

#pragma once

#include <span>
#include <string>

#include "vio/annotate/record_score.hpp"
#include "vio/source/record_source.hpp"

namespace vio::annotate {

/// One line a record that was not scored (--skipped): `#record length status reason`. A record is
/// named by its read's name, or by the line on which a table's row begins.
[[nodiscard]] std::string skipped_records_header();
[[nodiscard]] std::string skipped_record_lines(const source::RecordBatch& batch,
                                               std::span<const RecordScore> scores);

}  // namespace vio::annotate

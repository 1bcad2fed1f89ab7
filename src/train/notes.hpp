#pragma once

#include <string_view>

#include "vio/train/table.hpp"

namespace vio::train {

/// One line on standard error: `vio-train: ...`.
void print_note(std::string_view sentence);

/// The notes of a table, unless `quiet`.
void print_notes(const Table& table, bool quiet);

}  // namespace vio::train

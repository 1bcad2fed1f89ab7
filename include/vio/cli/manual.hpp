#pragma once

#include <vector>

#include "vio/cli/option_table.hpp"

namespace vio::cli {

// Sections that the man pages of all programs share (docs/cli.md says the same), each with a
// program's `own` terms.
using ManualTerms = std::vector<ManualSection::Term>;

/// EXIT STATUS, in ascending order. Terms are codes: digits first, text that lives as long as the
/// program.
[[nodiscard]] ManualSection exit_status_section(const ManualTerms& own = {});

/// ENVIRONMENT: variables that are read.
[[nodiscard]] ManualSection environment_section(const ManualTerms& own = {});

/// FILES that are found, or made, without being named.
[[nodiscard]] ManualSection files_section(const ManualTerms& own = {});

}  // namespace vio::cli

#pragma once

#include <span>
#include <string>

#include "vio/cli/option_table.hpp"

namespace vio::cli {

/// What `--help` prints, at most 100 columns wide.
[[nodiscard]] std::string help_text(const Program& program);

/// A man page (section 1, roff) of a program or of one of its verbs.
[[nodiscard]] std::string man_page(const Program& program);

/// A bash completion script for `command`: of the one program of that name, or, where there are
/// more, of that program's options and of the verbs, the programs named `command verb` after it.
[[nodiscard]] std::string bash_completion(std::string_view command,
                                          std::span<const Program> programs);

}  // namespace vio::cli

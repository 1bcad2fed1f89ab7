#pragma once

#include <string>
#include <string_view>

namespace vio::cli {

/// `text` as roff shows it literally, on one line; without line ends of its own.
[[nodiscard]] std::string roff_escaped(std::string_view text);

/// A paragraph: `text` escaped, a line end after every sentence and before column 80, which roff
/// fills up again; ends with a line end. Line ends in `text` are blanks.
[[nodiscard]] std::string roff_filled(std::string_view text);

}  // namespace vio::cli

#pragma once

#include <string_view>
#include <vector>

namespace vio::cli {

/// One command-line option. Help text, parser, man page and shell completion all come from it.
/// Completion offers files where `argument` says FILE, and models where it says MODEL or NAME|FILE.
struct Option {
  std::string_view name;                       ///< long name without dashes
  char short_name = '\0';                      ///< single letter, or none
  std::string_view argument = {};              ///< what it takes, such as `FILE`; empty for a flag
  std::string_view default_value = {};         ///< shown and used when the option is not given
  std::string_view help = {};                  ///< one sentence, with units
  std::vector<std::string_view> choices = {};  ///< the only values accepted, if any
  bool repeatable = false;                     ///< may be given more than once
};

struct OptionGroup {
  std::string_view title;
  std::vector<Option> options;
};

struct Example {
  std::string_view command;
  std::string_view meaning;
};

/// A section of the man page that `--help` leaves out.
struct ManualSection {
  struct Term {
    std::string_view term;
    std::string_view meaning;
  };
  std::string_view title;  ///< in capitals, as man pages have it
  std::string_view text = {};
  std::vector<Term> terms = {};
};

/// A program, or one verb of a program, as its user sees it.
struct Program {
  std::string_view name;     ///< `vio-annotate`, `vio-train fit`
  std::string_view summary;  ///< one line
  std::string_view usage;    ///< what follows the name, such as `[options] [INPUT]`
  std::string_view description;
  std::vector<OptionGroup> groups;
  std::vector<Example> examples;
  int max_positional = 0;                  ///< how many arguments without a dash are accepted
  std::vector<ManualSection> manual = {};  ///< what the man page says between OPTIONS and EXAMPLES
  std::vector<std::string_view> see_also = {};  ///< other pages, such as `samtools(1)`
};

}  // namespace vio::cli

#include "vio/cli/manual.hpp"

#include <algorithm>
#include <charconv>

namespace vio::cli {

ManualSection exit_status_section(const ManualTerms& own) {
  ManualTerms terms{{"0", "Done; also when the reader of standard output has gone."},
                    {"1", "An output could not be written to its end (a full disk), or a bug."},
                    {"2", "Wrong options, a missing file, folder or contig, or a bad model."},
                    {"3", "Malformed, truncated, empty or, where order matters, unsorted input."}};
  terms.insert(terms.end(), own.begin(), own.end());
  terms.push_back({"104", "Device busy or out of memory; a smaller batch (-b) may help."});
  terms.push_back({"128+n", "Ended by signal n."});
  const auto code = [](const ManualSection::Term& term) {
    int number = 0;
    std::from_chars(term.term.data(), term.term.data() + term.term.size(), number);
    return number;
  };
  std::ranges::stable_sort(terms, {}, code);
  return {.title = "EXIT STATUS", .terms = std::move(terms)};
}

ManualSection environment_section(const ManualTerms& own) {
  ManualTerms terms{{"VIO_MODEL_PATH",
                     "Folders, separated by colons, in which models are looked up by name before "
                     "the shipped ones."}};
  terms.insert(terms.end(), own.begin(), own.end());
  return {.title = "ENVIRONMENT", .terms = std::move(terms)};
}

ManualSection files_section(const ManualTerms& own) {
  ManualTerms terms{{"../share/vio-annotate/models/",
                     "The shipped models (.safetensors), each with its card (.md); the path starts "
                     "from the folder that holds the program."}};
  terms.insert(terms.end(), own.begin(), own.end());
  return {.title = "FILES", .terms = std::move(terms)};
}

}  // namespace vio::cli

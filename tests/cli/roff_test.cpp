#include "cli/roff.hpp"

#include <sstream>

#include "catch.hpp"

using vio::cli::roff_escaped;
using vio::cli::roff_filled;

TEST_CASE("what roff would read as its own is escaped") {
  CHECK(roff_escaped("a-b\\n") == "a\\-b\\en");
  CHECK(roff_filled(".bed or 'x'") == "\\&.bed or 'x'\n");
  CHECK(roff_filled("'x' or .bed") == "\\&'x' or .bed\n");
}

TEST_CASE("a paragraph breaks after sentences and before column 80") {
  CHECK(roff_filled("One. Two?\nThree") == "One.\nTwo?\nThree\n");
  std::string words;
  for (int k = 0; k < 60; ++k) {
    words += k % 7 == 0 ? ".dotted " : "word ";
  }
  std::istringstream lines(roff_filled(words));
  std::string joined;
  for (std::string line; std::getline(lines, line);) {
    CHECK(line.size() < 80);
    CHECK_FALSE(line.starts_with('.'));
    joined += (line.starts_with("\\&") ? line.substr(2) : line) + ' ';
  }
  CHECK(joined == words);
}

#include "catch.hpp"

#include <string>
#include <vector>

#include "vio/core/error.hpp"
#include "vio/source/csv.hpp"

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows read_all(std::string_view text, char separator = ',') {
  vio::source::CsvReader reader(text, separator, "genes.csv");
  Rows rows;
  std::vector<std::string> fields;
  while (reader.next(fields)) {
    rows.push_back(fields);
  }
  return rows;
}

}  // namespace

TEST_CASE("plain fields, empty fields and a missing last line break") {
  CHECK(read_all("a,b,c\n1,,3\n,,\n4,5,") ==
        Rows{{"a", "b", "c"}, {"1", "", "3"}, {"", "", ""}, {"4", "5", ""}});
  CHECK(read_all("").empty());
  CHECK(read_all("\n\n").empty());
}

TEST_CASE("quotes hold separators, line breaks and quotes") {
  CHECK(read_all("\"a,b\",\"c\nd\",\"say \"\"hi\"\"\"\nx,\"\",y\n") ==
        Rows{{"a,b", "c\nd", "say \"hi\""}, {"x", "", "y"}});
  CHECK(read_all("a b,c\"d\n") == Rows{{"a b", "c\"d"}});
}

TEST_CASE("CRLF line ends, blank lines and a byte order mark leave no trace") {
  CHECK(read_all("\xEF\xBB\xBF"
                 "a,b\r\n\r\n\"1\",2\r\n3,4\r") == Rows{{"a", "b"}, {"1", "2"}, {"3", "4"}});
}

TEST_CASE("tabs separate, commas do not") {
  CHECK(read_all("a\tb,c\n\"x\ty\"\tz\n", '\t') == Rows{{"a", "b,c"}, {"x\ty", "z"}});
}

TEST_CASE("the line of a row counts the line breaks inside quotes") {
  vio::source::CsvReader reader("a,b\n\"1\n2\n3\",x\n\ny,z\n", ',', "genes.csv");
  std::vector<std::string> fields;
  std::vector<std::uint64_t> lines;
  while (reader.next(fields)) {
    lines.push_back(reader.line());
  }
  CHECK(lines == std::vector<std::uint64_t>{1, 2, 6});
}

TEST_CASE("a broken quote is refused with the file and the line") {
  using Catch::Matchers::Contains;
  CHECK_THROWS_WITH(read_all("a,b\n1,\"open\n2,3\n"),
                    Contains("genes.csv") && Contains("line 2") && Contains("never closed"));
  CHECK_THROWS_WITH(read_all("a,b\n\"1\"x,2\n"), Contains("line 2") && Contains("closing quote"));
  CHECK_THROWS_AS(read_all("\"a\" ,b\n"), vio::core::InputError);
}

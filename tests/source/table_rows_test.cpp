#include "source/table_rows.hpp"

#include <random>

#include "catch.hpp"
#include "hts/test_files.hpp"
#include "source/table_cases.hpp"
#include "vio/core/error.hpp"

using namespace vio::test;
using vio::core::InputError;
using vio::source::TableRows;
using vio::source::TableRowsOptions;

namespace {

TableRows open_rows(const std::string& path, const TableRowsOptions& options = {}) {
  return TableRows(vio::hts::ByteReader({.path = path, .threads = 1, .block_index = {}}), options);
}

std::vector<std::string> raw_rows(TableRows rows) {
  std::vector<std::string> all;
  for (std::string row; rows.next(row);) all.push_back(row);
  std::string row;
  REQUIRE(!rows.next(row));
  return all;
}

std::vector<std::string> raw_of(const std::vector<CsvCase>& cases) {
  std::vector<std::string> raw;
  raw.reserve(cases.size());
  for (const auto& row : cases) raw.push_back(row.raw);
  return raw;
}

/// What reading `text` behind a plain header gives: nothing where it is refused.
std::optional<std::vector<CsvCase>> read_cases(const std::string& path, std::size_t buffer_bytes) {
  std::vector<CsvCase> cases;
  try {
    auto rows = open_rows(path, {.buffer_bytes = buffer_bytes});
    for (std::string row; rows.next(row);) {
      CsvCase next{row, {}};
      vio::source::split_csv_row(row, rows.separator(), rows.place(), next.fields);
      cases.push_back(std::move(next));
    }
  } catch (const InputError&) {
    return std::nullopt;
  }
  return cases;
}

}  // namespace

TEST_CASE("any bytes after a header are cut and split as the reference parser does") {
  std::mt19937 random(61);
  const TemporaryFolder folder;
  int refused = 0;
  constexpr int kRounds = 3000;
  for (int round = 0; round < kRounds; ++round) {
    const char separator = random() % 2 == 0 ? ',' : '\t';
    std::string text = separator == ',' ? "x,y\n" : "x\ty\n";
    const std::size_t size = random() % 24;
    for (std::size_t i = 0; i < size; ++i) text += "\"\"\",\t\n\n\raA"[random() % 10];
    INFO(text);
    const auto path = write_file(folder.file("x"), text);
    const auto expected = ReferenceCsv(text, separator).rows();
    CHECK(read_cases(path, 4 + random() % 9) == expected);
    refused += expected ? 0 : 1;

    vio::source::CsvReader reader(text, separator, "x");
    std::vector<std::vector<std::string>> fields(1);
    try {
      while (reader.next(fields.back())) fields.emplace_back();
      fields.pop_back();
      REQUIRE(expected);
      REQUIRE(fields.size() == expected->size());
      for (std::size_t i = 0; i < fields.size(); ++i) CHECK(fields[i] == (*expected)[i].fields);
    } catch (const InputError&) {
      CHECK(!expected);
    }
  }
  CHECK(refused > kRounds / 10);
  CHECK(refused < kRounds * 9 / 10);
}

TEST_CASE("pieces may end at every byte") {
  std::mt19937 random(62);
  const TemporaryFolder folder;
  for (int round = 0; round < 12; ++round) {
    const auto style = random_style(random);
    const auto table = random_table(random, style, 8);
    const auto path = write_file(folder.file("x"), table.text);
    auto expected = raw_of(table.rows);
    expected.insert(expected.begin(), table.header);
    // As long as what comes before the first row, so that the header is seen whole.
    const auto first = table.text.find(table.header) + table.header.size() + 2;
    for (auto bytes = first; bytes <= table.text.size() + 1; ++bytes) {
      CHECK(raw_rows(open_rows(path, {.buffer_bytes = bytes})) == expected);
    }
  }
}

TEST_CASE("rows know their lines, blank ones and those inside quotes counted") {
  const TemporaryFolder folder;
  auto rows = open_rows(write_file(folder.file("x"), "\r\n \na,b\r\n\r\n\"1\n\r\n\",2\n\n\n3,4"));
  std::string row;
  std::vector<std::uint64_t> lines;
  std::vector<std::string> ends;
  while (rows.next(row)) {
    lines.push_back(rows.place().line);
    ends.emplace_back(rows.line_end());
  }
  CHECK(lines == std::vector<std::uint64_t>{3, 5, 10});
  CHECK(ends == std::vector<std::string>{"\r\n", "\n", "\n"});
}

TEST_CASE("the separator is what the header has more of outside quotes") {
  using vio::source::guess_csv_separator;
  CHECK(guess_csv_separator("a,b\tc,d\nx\ty\tz\tq", "x") == ',');
  CHECK(guess_csv_separator("\"a, b, and \"\"c\"\", d\"\tseq", "x") == '\t');
  CHECK(guess_csv_separator("\"a\tb\n\tc\",seq\n", "x") == ',');
  CHECK(guess_csv_separator("5\"\"3\",seq\n", "x") == ',');
  CHECK_THROWS_AS(guess_csv_separator("\"a,b\"\n1,2\n", "x"), InputError);
}

TEST_CASE("a quote that is never closed does not fill the memory") {
  const TemporaryFolder folder;
  const auto path = write_file(folder.file("x"), "a,b\n1,2\n\"" + std::string(5000, 'x'));
  CHECK_THROWS_WITH(raw_rows(open_rows(path)), Catch::Contains("opened on line 3"));
  CHECK_THROWS_WITH(raw_rows(open_rows(path, {.buffer_bytes = 64, .row_limit = 1000})),
                    Catch::Contains("begins on line 3 is longer than 1000 bytes"));
}

#include "vio/source/table_source.hpp"

#include <random>

#include "catch.hpp"
#include "hts/test_files.hpp"
#include "source/table_cases.hpp"
#include "support/htslib_leaks.hpp"
#include "vio/core/error.hpp"

using namespace vio::test;
using vio::core::InputError;
using vio::core::UsageError;
using vio::source::TableRow;
using vio::source::TableSource;
using vio::source::TableSourceOptions;

namespace {

std::unique_ptr<TableSource> open_path(const std::string& path,
                                       const TableSourceOptions& options = {}) {
  return vio::source::open_table(vio::hts::Input(path), options);
}

TableSourceOptions with_threads(int threads) {
  TableSourceOptions options;
  options.threads = threads;
  return options;
}

/// All rows, and that the batches keep to their bounds and count on.
std::vector<TableRow> drain(TableSource& source, const TableSourceOptions& options = {}) {
  std::vector<TableRow> all;
  while (auto batch = source.next()) {
    const auto& rows = std::get<std::vector<TableRow>>(batch->records);
    REQUIRE(!rows.empty());
    REQUIRE(rows.size() <= options.bounds.max_records);
    REQUIRE(batch->first_ordinal == all.size());
    std::size_t symbols = 0;
    for (const auto& row : rows) symbols += row.sequence.size();
    REQUIRE((rows.size() == 1 || symbols <= options.bounds.max_symbols));
    all.insert(all.end(), rows.begin(), rows.end());
    REQUIRE(batch->progress.records == all.size());
  }
  REQUIRE(!source.next());
  return all;
}

std::vector<TableRow> drain_path(const std::string& path, const TableSourceOptions& options = {}) {
  return drain(*open_path(path, options), options);
}

void check_rows(const std::vector<TableRow>& rows, const RandomTable& table) {
  REQUIRE(rows.size() == table.rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK(rows[i].text == table.rows[i].raw);
    CHECK(rows[i].sequence == table.sequences[i]);
  }
}

}  // namespace

TEST_CASE("random tables give their rows and sequences, packed or not, from files and pipes") {
  std::mt19937 random(63);
  const TemporaryFolder folder;
  for (int round = 0; round < 40; ++round) {
    const auto style = random_style(random);
    const auto table = random_table(random, style, random() % 40);
    TableSourceOptions options;
    options.threads = 1 + static_cast<int>(random() % 3);
    options.bounds = {.max_records = 1 + random() % 7, .max_symbols = 1 + random() % 60};
    for (const auto& bytes : {table.text, gzip(table.text), bgzip(table.text)}) {
      const auto source = open_path(write_file(folder.file("x"), bytes), options);
      CHECK(source->header() == table.header);
      CHECK(source->separator() == style.separator);
      CHECK(source->line_end() == (table.rows.empty() && !style.final_line_end
                                       ? std::string_view("\n")
                                       : std::string_view(style.line_end)));
      CHECK(source->format() == (style.separator == ',' ? "csv" : "tsv"));
      CHECK(source->notes() == std::vector<std::string>{"taking column 'Seq' for --seq-column"});
      check_rows(drain(*source, options), table);

      const StandardInput input(bytes);
      check_rows(drain_path("-", options), table);
    }
  }
}

TEST_CASE("a table that is longer than every buffer") {
  std::mt19937 random(64);
  const TemporaryFolder folder;
  std::string text = "sequence\tid\r\n";
  constexpr std::size_t kRows = 300;
  std::vector<std::string> sequences;
  for (std::size_t i = 0; i < kRows; ++i) {
    std::string sequence(random() % 10 == 0 ? 300'000 : random() % 3000, 'A');
    for (auto& symbol : sequence) symbol = "ACGT"[random() % 4];
    text += sequence + "\t" + std::to_string(i) + "\r\n";
    sequences.push_back(sequence);
  }
  for (const auto& bytes : {text, gzip(text), bgzip(text)}) {
    const auto rows = drain_path(write_file(folder.file("x"), bytes), with_threads(3));
    REQUIRE(rows.size() == kRows);
    for (std::size_t i = 0; i < kRows; ++i) {
      CHECK(rows[i].line == i + 2);
      CHECK(rows[i].sequence == sequences[i]);
    }
  }
}

TEST_CASE("columns by name and by guess") {
  const TemporaryFolder folder;
  const auto path = write_file(folder.file("x.csv"), "dna, SEQ ,\"my, column\"\nA,C,G\n");
  const auto guessed = open_path(path);
  CHECK(guessed->notes().front() == "taking column 'SEQ' for --seq-column");
  CHECK(drain(*guessed).front().sequence == "C");
  TableSourceOptions options;
  options.sequence_column = "my, column";
  const auto named = open_path(path, options);
  CHECK(named->notes().empty());
  CHECK(drain(*named).front().sequence == "G");
  options.sequence_column = "seq";
  CHECK_THROWS_AS(open_path(path, options), UsageError);
  CHECK_THROWS_WITH(open_path(path, options), Catch::Contains("x.csv") &&
                                                  Catch::Contains("'seq'") &&
                                                  Catch::Contains("--seq-column") &&
                                                  Catch::Contains("dna,  SEQ , my, column"));
  write_file(path, "a,b\n1,2\n");
  CHECK_THROWS_AS(open_path(path), UsageError);
  CHECK_THROWS_WITH(open_path(path), Catch::Contains("common") && Catch::Contains("a, b"));
  std::string wide = "c0";
  for (int i = 1; i < 20'000; ++i) wide += ",c" + std::to_string(i);
  write_file(path, wide + "\n");
  CHECK_THROWS_WITH(open_path(path), Catch::Contains("c49 and 19950 more"));
}

TEST_CASE("sequences as they stand in cells") {
  const TemporaryFolder folder;
  const auto rows = drain_path(write_file(
      folder.file("x"),
      "id,seq\n1,\n2,<>\n3,< acgt >\n4,AC G\tT\n5,\"AC\r\nGT\n\"\n6,\"\"\n7,*-.N\n,\" \"\n"));
  std::vector<std::string> sequences;
  sequences.reserve(rows.size());
  for (const auto& row : rows) sequences.push_back(row.sequence);
  CHECK(sequences == std::vector<std::string>{"", "", "acgt", "ACGT", "ACGT", "", "*-.N", ""});
  CHECK(rows[4].text == "5,\"AC\r\nGT\n\"");
}

TEST_CASE("malformed tables are refused with their name and line") {
  struct Case {
    std::string text;
    std::vector<std::string> words;  ///< of the sentence
  };
  const std::vector<Case> cases{
      {"", {"empty"}},
      {"\xEF\xBB\xBF\r\n \n", {"empty"}},
      {"sequence\nACGT\n", {"neither a comma nor a tab"}},
      {"seq,id\nAC,1\nAC\n", {"line 3", "expected 2 columns", "found 1"}},
      {"seq,id\nAC,1\n\n\"A\nC\",1,\n", {"line 4", "expected 2 columns", "found 3"}},
      {"seq\tid\nAC,1\n", {"line 2", "expected 2 columns", "found 1"}},
      {"seq,id\nAC,\"1\nAC,2\n", {"quote opened on line 2", "never closed"}},
      {"seq,id\n\"A\nC\",\"1\nAC,2\n", {"quote opened on line 3", "never closed"}},
      {"seq,id\nAC,\"1\"2\n", {"line 2", "closing quote", "','"}},
      {"seq\tid\nAC\t\"1\"2\n", {"line 2", "closing quote", "a tab"}},
      {"id,Seq\n1,AC\n2, <AC7T>\n", {"line 3", "column 'Seq'", "'7'", "byte 5"}},
      {"id,Seq\n1,AC\rGT\n", {"line 2", "column 'Seq'", "byte 0x0D", "byte 3"}},
      {std::string("id,seq\n1,A\0C\n", 13), {"line 2", "byte 0x00", "byte 2"}},
      {"id,seq\n1,A\xC3\xA9\n", {"line 2", "byte 0xC3"}},
      {"id,seq\n1,<A\n", {"line 2", "'<'", "byte 1"}},
      {"id,seq\r1,A\r2,C\r", {"carriage return", "tr '\\r' '\\n'"}},
  };
  const TemporaryFolder folder;
  const auto path = folder.file("bad.csv");
  for (const auto& [text, words] : cases) {
    for (const auto& bytes : {text, gzip(text), bgzip(text)}) {
      write_file(path, bytes);
      std::string sentence;
      try {
        drain_path(path);
      } catch (const InputError& error) {
        sentence = error.what();
      }
      INFO(text);
      CHECK_THAT(sentence, Catch::StartsWith(path));
      for (const auto& word : words) CHECK_THAT(sentence, Catch::Contains(word));
    }
  }
}

TEST_CASE("a packed table cut anywhere is never taken for whole") {
  std::mt19937 random(65);
  const TemporaryFolder folder;
  const auto table = random_table(random, {}, 30);
  const auto half = table.text.size() / 2;
  for (const auto& bytes : {gzip(table.text), bgzip(table.text),
                            bgzip(table.text.substr(0, half)) + bgzip(table.text.substr(half))}) {
    const auto path = folder.file("cut.csv.gz");
    const auto first_end_marker = bgzip(table.text.substr(0, half)).size();
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      if (size == first_end_marker && bytes.size() > 2 * half) continue;
      INFO(size << " of " << bytes.size());
      write_file(path, bytes.substr(0, size));
      for (const int threads : {1, 3}) {
        CHECK_THROWS_AS(drain_path(path, with_threads(threads)), InputError);
      }
    }
  }
}

TEST_CASE("mutated tables are read or refused, never worse") {
  std::mt19937 random(66);
  const TemporaryFolder folder;
  int refused = 0;
  for (int round = 0; round < 600; ++round) {
    auto text = random_table(random, random_style(random), 5).text;
    if (random() % 4 == 0) text = bgzip(text);
    for (int change = 0; change < 3; ++change) {
      text[random() % text.size()] =
          random() % 2 == 0 ? static_cast<char>(random()) : "\r\n\",\t<>\0"[random() % 8];
    }
    try {
      drain_path(write_file(folder.file("x"), text));
    } catch (const vio::core::Error&) {
      ++refused;
    }
  }
  CHECK(refused > 200);
}

#include <algorithm>

#include "catch.hpp"
#include "hts/test_files.hpp"
#include "source/sources.hpp"
#include "vio/core/error.hpp"

using namespace vio::test;
using vio::core::InputError;
using vio::core::UsageError;
using vio::source::SourceOptions;

namespace {

struct Case {
  std::string text;
  std::vector<std::string> words;  ///< of the sentence
};

std::string sentence_of(const std::string& path) {
  SourceOptions options;
  options.path = path;
  options.chunk_symbols = 7;
  try {
    drain(options);
  } catch (const InputError& error) {
    return error.what();
  }
  FAIL("no InputError for " << path);
  return {};
}

}  // namespace

TEST_CASE("malformed input is refused with its name, record and line") {
  const TemporaryFolder folder;
  const std::string path = folder.file("bad.txt");
  const std::vector<Case> cases{
      {"", {"empty"}},
      {"\n \r\n", {"empty"}},
      {"\xEF\xBB\xBF\n", {"empty"}},
      {"<!DOCTYPE html><html>", {"HTML"}},
      {"\n<HTML>\n", {"HTML"}},
      {"ACGT\n", {"neither FASTA nor FASTQ", "'A'"}},
      {std::string("\0\1\2", 3), {"neither FASTA nor FASTQ", "0x00"}},
      {">a\nACGT\n>bad x\nAC\nAC7T\n", {"record bad", "'7'", "line 5"}},
      {">a\r\nAC\r\nA<GT\r\n", {"record a", "'<'", "line 3"}},
      {">a\nAC>GT\n", {"record a", "'>'", "line 2"}},
      {">a\nAC\rGT\n", {"record a", "0x0D", "line 2"}},
      {std::string(">a\nAC\0GT\n", 9), {"record a", "0x00", "line 2"}},
      {">a\rACGT\r>b\rACGT\r", {"line 1", "carriage return"}},
      {std::string(">a\0b\nAC\n", 8), {"line 1", "control characters"}},
      {">" + std::string(100'000, 'x') + "\nAC\n", {"line 1", "longer than"}},
      {"@a\nACGT\n+\nIII\n@b\nAC\n+\nII\n", {"record a", "4 symbols", "line 5"}},
      {"@a\nACGT\n+\nIIIII\n", {"record a", "4 symbols", "line 4"}},
      {"@a\nACGT\n+\nII I\n", {"record a", "line 4"}},
      {"@a\nACGT\nIIII\n@b\nAC\n+\nII\n", {"record a", "line 4", "'@'"}},
      {"@a\nAC\n+\nII\nACGT\n", {"after record a", "line 5", "'A'"}},
      {"@a\nAC\n+\nII\n>b\nAC\n", {"line 5", "'>'"}},
      {"@a\n", {"ends inside record a"}},
      {"@a\nACG", {"ends inside record a", "3 symbols"}},
      {"@a\nACG\n+", {"ends inside record a"}},
      {"@a\nACG\n+\nII", {"ends inside record a", "truncated"}},
  };
  for (const auto& [text, words] : cases) {
    for (const auto& bytes : {text, gzip(text), bgzip(text)}) {
      const auto sentence = sentence_of(write_file(path, bytes));
      INFO(sentence);
      CHECK_THAT(sentence, Catch::StartsWith(path) && Catch::Matches(".*[.?]"));
      for (const auto& word : words) CHECK_THAT(sentence, Catch::Contains(word));
    }
  }
}

TEST_CASE("any prefix of a FASTQ file is whole, empty, or refused") {
  std::mt19937 random(21);
  const TemporaryFolder folder;
  const std::string text = "@a\nACGT\n+\nIIII\n@b\nAC\nG\n+b\n@I\nI\n@c\nA\n+\nI\n";
  const std::vector<Record> whole{{"a", "ACGT"}, {"b", "ACG"}, {"c", "A"}};
  // After the quality, with or without its line break.
  const std::vector<std::size_t> ends{14, 15, 30, 31, text.size() - 1};
  for (std::size_t size = 1; size < text.size(); ++size) {
    SourceOptions options;
    options.path = write_file(folder.file("x.fq"), text.substr(0, size));
    INFO("cut at " << size);
    if (std::find(ends.begin(), ends.end(), size) == ends.end()) {
      CHECK_THROWS_AS(drain(options), InputError);
    } else {
      const auto records = records_of(drain(options));
      CHECK(std::equal(records.begin(), records.end(), whole.begin()));
    }
  }
}

TEST_CASE("mutated files are read or refused, never worse") {
  std::mt19937 random(22);
  const TemporaryFolder folder;
  const std::string fasta = ">a b\nACGT\nAC\n\n>b\nACGTACGT\n>c\n";
  const std::string fastq = "@a\nACGT\n+\nIIII\n@b\nAC\nG\n+b\n@I\nI\n";
  int refused = 0;
  for (int round = 0; round < 2000; ++round) {
    auto text = random() % 2 == 0 ? fasta : fastq;
    if (random() % 4 == 0) text = bgzip(text);
    for (int change = 0; change < 3; ++change) {
      text[random() % text.size()] =
          random() % 2 == 0 ? static_cast<char>(random()) : "\r\n>@+ \t\0"[random() % 8];
    }
    SourceOptions options;
    options.path = write_file(folder.file("x"), text);
    options.chunk_symbols = 1 + random() % 5;
    try {
      drain(options);
    } catch (const vio::core::Error&) {
      ++refused;
    }
  }
  CHECK(refused > 500);
}

TEST_CASE("files of other formats are named") {
  const TemporaryFolder folder;
  SourceOptions options;
  options.path = write_file(folder.file("x"), bgzip("BAM\1aaaaaaaaaaaa"));
  CHECK_THROWS_AS(vio::source::open_sequences(options), UsageError);
  CHECK_THROWS_WITH(vio::source::open_sequences(options),
                    Catch::Contains("is a BAM file where FASTA or FASTQ was expected"));
  write_file(options.path, "BZh91AY&SYaaaaaaaaaaaaaa");
  CHECK_THROWS_WITH(vio::source::open_sequences(options), Catch::Contains("bzip2 -dc"));
}

TEST_CASE("the small files of test-data and their malformed twins") {
  // Run by ctest, whose tests know where the sources are.
  const std::string folder = VIO_TEST_DATA;
  SourceOptions options;
  for (const char* name : {"small.fa", "small.fa.gz", "crlf.fa", "small.fq", "wrapped.fq"}) {
    options.path = folder + "/" + name;
    const auto records = records_of(drain(options));
    INFO(name);
    REQUIRE(records.size() == 3);
    CHECK(records[0].first == "chr1");
    CHECK(records[2] == Record{"short", "ACGTN"});
  }
  for (const char* name : {"malformed.fa", "malformed.fa.gz", "malformed-crlf.fa", "malformed.fq",
                           "malformed-wrapped.fq"}) {
    CHECK_THAT(sentence_of(folder + "/" + name), Catch::Contains(name));
  }
}

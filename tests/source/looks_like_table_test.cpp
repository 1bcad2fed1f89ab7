#include <random>
#include <utility>

#include "catch.hpp"
#include "hts/test_files.hpp"
#include "vio/hts/byte_reader.hpp"
#include "vio/source/table_source.hpp"

using namespace vio::test;
using vio::source::looks_like_table;

namespace {

/// Also that looking consumed nothing.
bool looks(const std::string& path, const std::string& text) {
  vio::hts::Input input(path);
  const bool table = looks_like_table(input);
  CHECK(looks_like_table(input) == table);
  vio::hts::ByteReader reader(std::move(input), {});
  std::string read(text.size() + 1, '\0');
  read.resize(reader.read(read));
  CHECK(read == text);
  return table;
}

}  // namespace

TEST_CASE("tables are told from everything else by their first line") {
  std::mt19937 random(71);
  std::string incompressible(300'000, '\0');
  for (auto& byte : incompressible) byte = static_cast<char>('!' + random() % 90);
  const std::vector<std::pair<std::string, bool>> cases{
      {"a,b\n1,2\n", true},
      {"a\tb", true},
      {"\tseq\r\n", true},
      {"\xEF\xBB\xBF\r\n \t\n\"a\nb\",c\n", false},
      {"\xEF\xBB\xBF\r\n \t\na,b\n", true},
      {"id,seq\rx,AC\r", true},
      {"id,seq\n" + incompressible, true},
      {"id,seq\n" + std::string(300'000, 'A'), true},
      {"", false},
      {"\n \n", false},
      {"seq\nA,C\n", false},
      {">a,b\nAC\n", false},
      {"\n\t>a\tb\nAC\n", false},
      {"@a,b\nAC\n+\nII\n", false},
      {"<html lang=\"a,b\">\n", false},
      {"ACGT\n", false},
      {std::string("\x89PNG,\0\1", 7), false},
      {std::string("\xFF\xFEs\0e\0q\0,\0i\0d\0\n\0", 16), false},
  };
  const TemporaryFolder folder;
  for (const auto& [text, expected] : cases) {
    for (const auto& bytes :
         {text, gzip(text), bgzip(text), gzip("") + gzip(text), bgzip("") + bgzip(text)}) {
      INFO(text.substr(0, 20));
      CHECK(looks(write_file(folder.file("x"), bytes), text) == expected);
      const StandardInput input(bytes);
      CHECK(looks("-", text) == expected);
    }
  }
}

TEST_CASE("what is cut or damaged is judged by what there is") {
  const TemporaryFolder folder;
  const auto path = folder.file("x");
  for (const auto& bytes : {gzip("seq,id\nAC,1\n"), bgzip("seq,id\nAC,1\n")}) {
    // One byte could be text as well.
    for (std::size_t size = 2; size < bytes.size(); ++size) {
      const vio::hts::Input input(write_file(path, bytes.substr(0, size)));
      const auto start = input.peek(100);
      CHECK(std::string("seq,id\nAC,1\n").starts_with(start));
      CHECK(looks_like_table(input) == (start.find(',') != std::string::npos));
    }
  }
}

TEST_CASE("the first bytes, as many as asked for") {
  const TemporaryFolder folder;
  for (const auto& bytes :
       {std::string("ACGTACGT"), gzip("ACGTACGT"), bgzip("ACGT") + gzip("ACGT")}) {
    vio::hts::Input input(write_file(folder.file("x"), bytes));
    for (std::size_t size = 0; size <= 9; ++size) {
      CHECK(input.peek(size) == std::string("ACGTACGT").substr(0, size));
    }
    static_cast<void>(input.take());
    CHECK(input.peek(8).empty());
  }
}

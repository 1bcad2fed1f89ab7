#include "catch.hpp"
#include "hts/test_files.hpp"
#include "source/sources.hpp"
#include "vio/core/error.hpp"

using namespace vio::test;
using vio::source::SourceOptions;

namespace {

SourceOptions options_for(const std::string& path, std::size_t chunk, int threads = 1) {
  SourceOptions options;
  options.path = path;
  options.chunk_symbols = chunk;
  options.threads = threads;
  return options;
}

std::string write_fastq(const std::vector<Record>& records, std::mt19937& random,
                        const std::string& line_break, bool wrapped) {
  std::string text;
  const auto wrap = [&](const std::string& symbols, std::size_t width) {
    for (std::size_t i = 0; i < symbols.size(); i += width) {
      text += symbols.substr(i, width) + line_break;
    }
    if (symbols.empty() && !wrapped) text += line_break;
  };
  for (const auto& [name, symbols] : records) {
    std::string quality(symbols.size(), '\0');
    for (auto& c : quality) c = static_cast<char>('!' + random() % 94);
    text.append("@").append(name).append(random() % 2 == 0 ? " 1:N:0" : "").append(line_break);
    const std::size_t width =
        wrapped ? 1 + random() % 40 : std::max<std::size_t>(symbols.size(), 1);
    wrap(symbols, width);
    text.append("+").append(random() % 2 == 0 ? name : "").append(line_break);
    wrap(quality, wrapped ? 1 + random() % 40 : width);
  }
  return text;
}

std::vector<std::string> packings(const std::string& text) {
  return {text, gzip(text), bgzip(text)};
}

}  // namespace

TEST_CASE("FASTA of any shape reads as what was written") {
  std::mt19937 random(11);
  const TemporaryFolder folder;
  for (int round = 0; round < 60; ++round) {
    const auto records = random_records(random, 1 + random() % 12, 1 + random() % 700);
    FastaStyle style;
    style.width = random() % 3 == 0 ? 0 : 1 + random() % 90;
    style.line_break = random() % 2 == 0 ? "\n" : "\r\n";
    style.blanks = random() % 2 == 0;
    style.final_break = random() % 2 == 0;
    auto text = write_fasta(records, style, random);
    if (random() % 3 == 0) text.insert(0, "\xEF\xBB\xBF" + style.line_break);
    for (const auto& bytes : packings(text)) {
      const std::size_t chunk = 1 + random() % 300;
      const auto path = write_file(folder.file("x"), bytes);
      CHECK(records_of(drain(options_for(path, chunk, 1 + static_cast<int>(random() % 2)))) ==
            records);
      const StandardInput input(bytes);
      CHECK(records_of(drain(options_for("-", chunk))) == records);
    }
  }
}

TEST_CASE("line breaks at the edges of the reader's buffers are not torn") {
  std::mt19937 random(12);
  const TemporaryFolder folder;
  // One line and a CR LF around 256 KiB, shifted byte by byte.
  for (std::size_t shift = 0; shift < 8; ++shift) {
    const std::size_t length = (1 << 18) - 8 + shift;
    const std::vector<Record> records{{"a", random_symbols(random, length)},
                                      {"b", random_symbols(random, 10)}};
    for (const char* line_break : {"\n", "\r\n"}) {
      const auto text = write_fasta(records, {0, line_break, false, true}, random);
      const auto path = write_file(folder.file("x.fa"), text);
      for (const std::size_t chunk : {std::size_t{1} << 18, length, length + 1, length - 1}) {
        CHECK(records_of(drain(options_for(path, chunk))) == records);
      }
    }
  }
}

TEST_CASE("FASTQ of any shape reads as what was written") {
  std::mt19937 random(13);
  const TemporaryFolder folder;
  for (int round = 0; round < 60; ++round) {
    const auto records = random_records(random, 1 + random() % 12, 1 + random() % 300);
    const bool wrapped = random() % 2 == 0;
    const auto text = write_fastq(records, random, random() % 2 == 0 ? "\n" : "\r\n", wrapped);
    for (const auto& bytes : packings(text)) {
      const auto path = write_file(folder.file("x"), bytes);
      CHECK(records_of(drain(options_for(path, 1 + random() % 200))) == records);
    }
  }
}

TEST_CASE("odd but legal FASTA") {
  const TemporaryFolder folder;
  const auto read = [&](const std::string& text) {
    return records_of(drain(options_for(write_file(folder.file("x"), text), 100)));
  };
  CHECK(read(">a") == std::vector<Record>{{"a", ""}});
  CHECK(read(">a\n>b\nAC\n>c\n\n\n") == std::vector<Record>{{"a", ""}, {"b", "AC"}, {"c", ""}});
  CHECK(read(">\nAC\n> x\nGT\n") == std::vector<Record>{{".", "AC"}, {".", "GT"}});
  CHECK(read("\n \n\r\n>a\tb c\nA C\tG\n\n T \n") == std::vector<Record>{{"a", "ACGT"}});
  CHECK(read(">a\nAC*-.xyz\n>a\nAC\r") == std::vector<Record>{{"a", "AC*-.xyz"}, {"a", "AC"}});
}

TEST_CASE("units are numbered, named and whole") {
  const TemporaryFolder folder;
  const auto path = write_file(folder.file("x"), ">a d\nACGT\n>b\n\n>c\nA\n");
  const auto units = drain(options_for(path, 3));
  REQUIRE(units.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(units[i].unit->ordinal == i);
    CHECK(units[i].unit->begin == 0);
    CHECK(units[i].unit->label == units[i].unit->name);
    CHECK_FALSE(units[i].unit->interval);
    CHECK_FALSE(units[i].unit->out_of_range);
  }
}

TEST_CASE("progress reaches the size of the file; a pipe has no size") {
  const TemporaryFolder folder;
  const std::string text = ">a\nACGT\n>b\nAC\n";
  const auto source =
      vio::source::open_sequences(options_for(write_file(folder.file("x"), text), 9));
  drain(*source, 9);
  CHECK(source->progress().bytes == text.size());
  CHECK(source->progress().total_bytes == text.size());
  CHECK(source->progress().records == 2);
  CHECK(source->format() == "fasta");
  const StandardInput input(text);
  CHECK_FALSE(vio::source::open_sequences(options_for("-", 9))->progress().total_bytes);
}

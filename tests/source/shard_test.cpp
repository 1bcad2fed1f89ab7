#include "catch.hpp"
#include "hts/test_files.hpp"
#include "source/shard_axis.hpp"
#include "source/sources.hpp"

using namespace vio::test;
using vio::source::SourceOptions;

namespace fs = std::filesystem;

namespace {

struct Tiling {
  std::int64_t window = 0;
  std::int64_t stride = 0;
};

/// The rows of one unit: its windows, as a consumer of the source would plan them.
void tile(const UnitText& piece, const Tiling& tiling, std::vector<std::string>& rows) {
  const auto& unit = piece.unit;
  const auto text_begin = piece.text_begin;
  const auto& text = piece.text;
  const auto end = text_begin + static_cast<std::int64_t>(text.size());
  const auto row = [&](std::int64_t start, const std::string& rest) {
    rows.push_back(std::to_string(unit->ordinal) + " " + unit->label + " " + std::to_string(start) +
                   " " + rest);
  };
  if (unit->out_of_range) return row(unit->begin, "OUT_OF_RANGE");
  if (end == unit->begin) return row(unit->begin, "EMPTY");
  for (std::int64_t start = unit->begin; start < end; start += tiling.stride) {
    const auto stop = std::min(end, start + tiling.window);
    if (start >= unit->starts_begin && start < unit->starts_end) {
      REQUIRE(start >= text_begin);
      const bool whole = start == unit->begin && stop == end;
      row(start, text.substr(static_cast<std::size_t>(start - text_begin),
                             static_cast<std::size_t>(stop - start)) +
                     (whole ? " whole" : ""));
    }
    if (stop == end) break;
  }
}

std::vector<std::string> rows_of(SourceOptions options, const Tiling& tiling) {
  std::vector<std::string> rows;
  options.window = tiling.window;
  for (const auto& piece : drain(options)) tile(piece, tiling, rows);
  return rows;
}

std::vector<std::string> gathered(SourceOptions options, int count, const Tiling& tiling) {
  std::vector<std::string> rows;
  for (int i = 1; i <= count; ++i) {
    options.shard = {i, count};
    const auto part = rows_of(options, tiling);
    rows.insert(rows.end(), part.begin(), part.end());
  }
  return rows;
}

Tiling random_tiling(std::mt19937& random) {
  return {1 + static_cast<std::int64_t>(random() % 120),
          1 + static_cast<std::int64_t>(random() % 150)};
}

std::string fastq_of(const std::vector<Record>& records) {
  std::string text;
  for (const auto& [name, symbols] : records) {
    text.append("@").append(name).append("\n").append(symbols).append("\n+\n");
    text.append(symbols.size(), 'I').append("\n");
  }
  return text;
}

}  // namespace

TEST_CASE("the parts of an axis join, and their lengths differ by one at most") {
  std::mt19937_64 random(41);
  using vio::source::shard_axis;
  for (int round = 0; round < 500; ++round) {
    const auto total = static_cast<std::int64_t>(random() >> (1 + random() % 63));
    const int count = 1 + static_cast<int>(random() % (round % 2 == 0 ? 20 : 2'000'000'000));
    const int index = 1 + static_cast<int>(random() % static_cast<unsigned>(count));
    const auto axis = shard_axis(total, {index, count});
    CHECK(axis.end - axis.begin >= total / count);
    CHECK(axis.end - axis.begin <= total / count + 1);
    CHECK(axis.last == (index == count));
    if (index == 1) CHECK(axis.begin == 0);
    if (axis.last) {
      CHECK(axis.end == total);
    } else {
      CHECK(axis.end == shard_axis(total, {index + 1, count}).begin);
    }
  }
}

TEST_CASE("gathered shards of whole files equal the whole") {
  std::mt19937 random(42);
  for (int round = 0; round < 120; ++round) {
    const TemporaryFolder folder;
    auto records = random_records(random, 1 + random() % 8, random() % 3 == 0 ? 5 : 700);
    const bool indexable = random() % 2 == 0;
    if (indexable) {
      for (auto& record : records) record.second += "A";
    } else if (random() % 3 == 0) {
      records.push_back({records.front().first, random_symbols(random, 80)});  // repeats a name
    }
    FastaStyle style{random() % 3 == 0 ? 0 : 1 + random() % 90, "\n", !indexable, true};
    const auto fasta = write_fasta(records, style, random);
    const auto text = random() % 4 == 0 ? fastq_of(records) : fasta;
    const std::string packings[] = {text, gzip(text), bgzip(text)};
    SourceOptions options;
    options.path = write_file(folder.file("x"), packings[random() % 3]);
    options.chunk_symbols = 1 + random() % 200;
    options.threads = 1 + static_cast<int>(random() % 2);
    const auto tiling = random_tiling(random);
    const auto whole = rows_of(options, tiling);
    for (const int count : {1, 2, 1 + static_cast<int>(random() % 30)}) {
      CHECK(gathered(options, count, tiling) == whole);
      options.shard_whole_units = true;
      CHECK(gathered(options, count, tiling) == whole);
      options.shard_whole_units = false;
    }
  }
}

TEST_CASE("an index serves shards where it holds every record, and only there") {
  const TemporaryFolder folder;
  const auto uses_index = [&](const std::string& text) {
    fs::remove(folder.file("x.fa.fai"));
    SourceOptions options;
    options.path = write_file(folder.file("x.fa"), text);
    options.shard = {1, 2};
    const auto source = vio::source::open_sequences(options);
    // Two passes count the bytes of both.
    return source->progress().total_bytes != 2 * text.size();
  };
  CHECK(uses_index(">a\nACGT\nAC\n>b x\nACGT\n\n>c\nA"));
  CHECK(uses_index(">a\r\nACGT\r\nAC\r\n>b\r\nACGT\r\n"));
  CHECK_FALSE(uses_index(">a\nACGT\n>a\nACGT\n"));
  CHECK_FALSE(uses_index(">a\nACGT\n>b\n>c\nACGT\n"));
  CHECK_FALSE(uses_index(">b\n\n>c\nACGT\n"));
  CHECK_FALSE(uses_index(">a\nACGT\n>b\n"));
  CHECK_FALSE(uses_index(">a\nAC GT\nACGT\n>b\nAC\n"));
  CHECK_FALSE(uses_index(">\nACGT\n"));
  CHECK_FALSE(uses_index("> a\nACGT\n"));
  CHECK_FALSE(uses_index(">a\nAC\nACGT\n"));
}

TEST_CASE("gathered shards of regions equal the whole") {
  std::mt19937 random(43);
  for (int round = 0; round < 60; ++round) {
    const TemporaryFolder folder;
    auto records = random_records(random, 1 + random() % 5, 700);
    for (auto& record : records) record.second += "A";
    SourceOptions options;
    options.path = write_file(folder.file("x.fa"), write_fasta(records, {}, random));
    options.chunk_symbols = 1 + random() % 200;
    std::string bed;
    for (std::size_t i = 0; i < 1 + random() % 9; ++i) {
      const auto& [name, symbols] = records[random() % records.size()];
      const auto begin = random() % (symbols.size() + 20);
      bed += name + "\t" + std::to_string(begin) + "\t" + std::to_string(begin + random() % 300) +
             "\n";
    }
    options.regions_file = write_file(folder.file("x.bed"), bed);
    const auto tiling = random_tiling(random);
    const auto whole = rows_of(options, tiling);
    for (const int count : {1, 3, 1 + static_cast<int>(random() % 30)}) {
      CHECK(gathered(options, count, tiling) == whole);
      options.shard_whole_units = true;
      CHECK(gathered(options, count, tiling) == whole);
      options.shard_whole_units = false;
    }
  }
}

TEST_CASE("a shard reads what it owns and the rest of its last window, not more") {
  std::mt19937 random(44);
  const TemporaryFolder folder;
  const std::vector<Record> records{{"a", random_symbols(random, 10'000)}};
  SourceOptions options;
  options.window = 100;
  options.shard = {3, 10};
  for (const auto& bytes :
       {write_fasta(records, {}, random), gzip(write_fasta(records, {}, random))}) {
    options.path = write_file(folder.file("x"), bytes);
    fs::remove(options.path + ".fai");
    const auto units = drain(options);
    REQUIRE(units.size() == 1);
    CHECK(units[0].unit->starts_begin == 2000);
    CHECK(units[0].unit->starts_end == 3000);
    CHECK(units[0].text_begin == 2000);
    CHECK(units[0].text == records[0].second.substr(2000, 1100));
  }
}

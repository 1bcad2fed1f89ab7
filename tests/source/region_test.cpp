#include <sys/stat.h>

#include <map>

#include "catch.hpp"
#include "hts/test_files.hpp"
#include "source/sources.hpp"
#include "vio/core/error.hpp"

using namespace vio::test;
using vio::core::InputError;
using vio::core::UsageError;
using vio::source::SourceOptions;

namespace fs = std::filesystem;

namespace {

struct Asked {
  std::string contig;
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

const std::string* find(const std::vector<Record>& records, const std::string& name) {
  const auto found = std::find_if(records.begin(), records.end(),
                                  [&](const Record& record) { return record.first == name; });
  return found == records.end() ? nullptr : &found->second;
}

/// A unit as one line: everything that a consumer sees of it.
std::string line(const std::string& name, std::int64_t begin, const std::string& label,
                 bool out_of_range, const std::string& text) {
  return name + "@" + std::to_string(begin) + " " + label + (out_of_range ? " out " : " ") + text;
}

std::vector<std::string> lines_of(const std::vector<UnitText>& units) {
  std::vector<std::string> lines;
  for (const auto& [unit, text_begin, text] : units) {
    REQUIRE(unit->interval);
    REQUIRE(text_begin == unit->begin);
    lines.push_back(line(unit->name, unit->begin, unit->label, unit->out_of_range, text));
  }
  return lines;
}

std::string expected_line(const std::vector<Record>& records, const Asked& asked) {
  const auto& symbols = *find(records, asked.contig);
  const auto size = static_cast<std::int64_t>(symbols.size());
  const std::int64_t begin = std::min(asked.begin, size);
  const std::int64_t end = std::max(begin, std::min(asked.end, size));
  const bool out = asked.end > asked.begin ? asked.begin >= size : asked.begin > size;
  return line(
      asked.contig, asked.begin,
      asked.contig + ":" + std::to_string(asked.begin + 1) + "-" + std::to_string(asked.end),
      out && asked.begin > 0,
      symbols.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
}

std::vector<Asked> random_intervals(std::mt19937& random, const std::vector<Record>& records) {
  std::vector<Asked> intervals;
  for (std::size_t i = 0; i < 1 + random() % 12; ++i) {
    const auto& [name, symbols] = records[random() % records.size()];
    const auto begin = static_cast<std::int64_t>(random() % (symbols.size() + 20));
    intervals.push_back({name, begin, begin + static_cast<std::int64_t>(random() % 400)});
  }
  return intervals;
}

std::string bed_of(const std::vector<Asked>& intervals) {
  std::string bed = "#comment\ntrack name=x\nbrowser position\n\n";
  for (const auto& [contig, begin, end] : intervals) {
    bed += contig + "\t" + std::to_string(begin) + "\t" + std::to_string(end) + "\tname\n";
  }
  return bed;
}

/// Records that HTSlib can index: none is empty.
std::vector<Record> indexable_records(std::mt19937& random) {
  auto records = random_records(random, 1 + random() % 6, 900);
  for (auto& [name, symbols] : records) symbols += "ACG";
  return records;
}

FastaStyle regular_style(std::mt19937& random) {
  return {random() % 3 == 0 ? 0 : 1 + random() % 90, random() % 2 == 0 ? "\n" : "\r\n", false,
          random() % 2 == 0};
}

std::vector<std::string> labels_of(const SourceOptions& options) {
  const auto units = drain(options);
  std::vector<std::string> labels;
  labels.reserve(units.size());
  for (const auto& unit : units) labels.push_back(unit.unit->label + " " + unit.text);
  return labels;
}

template <class Error>
std::string sentence_of(const SourceOptions& options) {
  try {
    drain(options);
  } catch (const Error& error) {
    return error.what();
  }
  FAIL("no such error");
  return {};
}

}  // namespace

TEST_CASE("indexed intervals are slices, in the order given") {
  std::mt19937 random(31);
  for (int round = 0; round < 40; ++round) {
    const TemporaryFolder folder;
    const auto records = indexable_records(random);
    const auto text = write_fasta(records, regular_style(random), random);
    SourceOptions options;
    options.path = write_file(folder.file("x.fa"), random() % 2 == 0 ? text : bgzip(text));
    options.chunk_symbols = 1 + random() % 300;
    options.threads = 1 + static_cast<int>(random() % 3);
    for (int again = 0; again < 2; ++again) {  // the index is built, then found
      const auto intervals = random_intervals(random, records);
      const auto bed = bed_of(intervals);
      options.regions_file = write_file(folder.file("x.bed"), again == 0 ? bed : gzip(bed));
      std::vector<std::string> expected;
      expected.reserve(intervals.size());
      for (const auto& asked : intervals) expected.push_back(expected_line(records, asked));
      CHECK(lines_of(drain(options)) == expected);
      CHECK(fs::exists(options.path + ".fai"));
    }
  }
}

TEST_CASE("streamed intervals are slices, in the order of the stream, then of their begins") {
  std::mt19937 random(32);
  for (int round = 0; round < 60; ++round) {
    const TemporaryFolder folder;
    const auto records = random_records(random, 1 + random() % 6, 900);
    auto style = regular_style(random);
    style.blanks = random() % 2 == 0;
    const auto text = write_fasta(records, style, random);
    auto intervals = random_intervals(random, records);
    SourceOptions options;
    options.targets_file = write_file(folder.file("x.bed"), bed_of(intervals));
    options.chunk_symbols = 1 + random() % 300;
    const auto rank = [&](const Asked& asked) {
      return std::pair(find(records, asked.contig), asked.begin);
    };
    std::map<const std::string*, std::size_t> order;
    for (std::size_t i = 0; i < records.size(); ++i) order[&records[i].second] = i;
    std::stable_sort(intervals.begin(), intervals.end(), [&](const Asked& a, const Asked& b) {
      return std::pair(order[rank(a).first], a.begin) < std::pair(order[rank(b).first], b.begin);
    });
    std::vector<std::string> expected;
    expected.reserve(intervals.size());
    for (const auto& asked : intervals) expected.push_back(expected_line(records, asked));
    options.path = write_file(folder.file("x"), random() % 2 == 0 ? text : gzip(text));
    CHECK(lines_of(drain(options)) == expected);
    CHECK_FALSE(fs::exists(options.path + ".fai"));
    const StandardInput input(text);
    options.path = "-";
    CHECK(lines_of(drain(options)) == expected);
  }
}

TEST_CASE("region strings") {
  const TemporaryFolder folder;
  std::string digits(2000, 'A');
  digits.replace(999, 4, "CGTN");
  SourceOptions options;
  options.path =
      write_file(folder.file("x.fa"), ">c\n" + digits + "\n>HLA:1:5-6\nTT\n>HLA:1\nACGTACGT\n");
  using Labels = std::vector<std::string>;
  for (const bool streamed : {false, true}) {
    const auto read = [&](const std::vector<std::string>& regions) {
      (streamed ? options.targets : options.regions) = regions;
      (streamed ? options.regions : options.targets).clear();
      return labels_of(options);
    };
    CHECK(read({"c:1,000-1,003"}) == Labels{"c:1000-1003 CGTN"});
    CHECK(read({"c:1000-1001,c:1002-1003"}) == Labels{"c:1000-1001 CG", "c:1002-1003 TN"});
    CHECK(read({"c:1999-"}) == Labels{"c:1999- AA"});
    CHECK(read({"c:1999"}) == Labels{"c:1999- AA"});
    CHECK(read({"c:-2"}) == Labels{"c:1-2 AA"});
    CHECK(read({"{HLA:1}:5-6"}) == Labels{"HLA:1:5-6 AC"});
    CHECK(read({"{HLA:1:5-6}"}) == Labels{"HLA:1:5-6 TT"});
    CHECK(read({"HLA:1"}) == Labels{"HLA:1 ACGTACGT"});
    CHECK(read({"HLA:1:7-8"}) == Labels{"HLA:1:7-8 GT"});
    CHECK(read({"c"}) == Labels{"c " + digits});
    CHECK_THROWS_WITH(read({"HLA:1:5-6"}), Catch::Contains("two ways"));
    for (const char* bad : {"c:0-5", "c:9-8", "", "c,", "{c", "{}", "{c}5-6", "{c}:x"}) {
      INFO(bad);
      CHECK_THROWS_AS(read({bad}), UsageError);
    }
    for (const char* missing : {"c:x-5", "d", "c:-", "c:5x", "c:99999999999999999999"}) {
      INFO(missing);
      CHECK_THROWS_WITH(read({missing}), Catch::Contains("has no contig " + std::string(missing)));
    }
  }
}

TEST_CASE("a missing contig is named, and its alias where that is there") {
  const TemporaryFolder folder;
  SourceOptions options;
  options.path = write_file(folder.file("x.fa"), ">chr1\nACGT\n>MT\nAC\n");
  for (const auto& [asked, there] : {std::pair("1:1-2", "chr1"), std::pair("chrM", "MT")}) {
    options.regions = {asked};
    options.targets = {};
    CHECK_THAT(sentence_of<UsageError>(options), Catch::Contains(there));
    std::swap(options.regions, options.targets);
    CHECK_THAT(sentence_of<UsageError>(options), Catch::Contains(there));
  }
}

TEST_CASE("malformed interval files are refused with file and line") {
  const TemporaryFolder folder;
  SourceOptions options;
  options.path = write_file(folder.file("x.fa"), ">c\nACGT\n");
  for (const char* bad : {"c\t-1\t2", "c\t3\t2", "c\tx\t2", "c\t1\t2x", "c\t1", "c", "\t1\t2",
                          "c\t1\t99999999999999999999", "c\t1.5\t2"}) {
    INFO(bad);
    options.regions_file = write_file(folder.file("x.bed"), "c\t0\t1\n" + std::string(bad) + "\n");
    CHECK_THAT(sentence_of<InputError>(options),
               Catch::Contains("x.bed") && Catch::Contains("line 2"));
  }
  for (const char* bad : {"c\t0\t2", "c\t3\t2", "c\tx", "c"}) {
    INFO(bad);
    options.regions_file = write_file(folder.file("x.txt"), "#\n\nc\t1\n" + std::string(bad));
    CHECK_THAT(sentence_of<InputError>(options),
               Catch::Contains("x.txt") && Catch::Contains("line 4"));
  }
  options.regions_file = write_file(folder.file("x.txt"), "c\t2\t3\r\nc\t4\nc 1 2\n");
  CHECK(labels_of(options) == std::vector<std::string>{"c:2-3 CG", "c:4-4 T", "c:1-2 AC"});
  options.regions_file = write_file(folder.file("x.bed"), "# nothing\n");
  CHECK_THAT(sentence_of<InputError>(options), Catch::Contains("no interval"));
  const std::string data = VIO_TEST_DATA;
  options.path = write_file(folder.file("y.fa"), read_file(data + "/small.fa"));
  for (const char* name : {"/intervals.bed", "/intervals.txt"}) {
    options.regions_file = data + name;
    CHECK(drain(options).size() == 2);
  }
  for (const char* name : {"/malformed.bed", "/malformed.txt"}) {
    options.regions_file = data + name;
    CHECK_THAT(sentence_of<InputError>(options), Catch::Contains(name));
  }
}

TEST_CASE("an index that does not fit its file is refused") {
  const TemporaryFolder folder;
  SourceOptions options;
  options.path = write_file(folder.file("x.fa"), ">a\nACGTA\nCGT\n>b\nACGTACGT\n");
  options.regions = {"b:2-5"};
  CHECK(labels_of(options) == std::vector<std::string>{"b:2-5 CGTA"});
  const auto fai = options.path + ".fai";
  const auto good = read_file(fai);

  SECTION("older than the file") {
    fs::last_write_time(fai, fs::last_write_time(options.path) - std::chrono::seconds(5));
    CHECK_THAT(sentence_of<InputError>(options),
               Catch::Contains("older") && Catch::Contains("samtools faidx"));
    options.regions = {};
    options.shard = {1, 2};
    CHECK_THAT(sentence_of<InputError>(options), Catch::Contains("older"));
  }
  SECTION("lying or malformed") {
    for (const char* line : {"b\t8\t99999\t8\t9", "b\t800\t16\t8\t9", "b\t7\t16\t8\t9",
                             "b\t8\t15\t8\t9", "b\t8\t3\t8\t9", "b\t8\t16\t3\t4", "b\t8\t16\t0\t9",
                             "b\tx\t16\t8\t9", "b", "b\t-8\t16\t8\t9"}) {
      INFO(line);
      write_file(fai, "a\t8\t3\t5\t6\n" + std::string(line) + "\n");
      CHECK_THROWS_AS(drain(options), InputError);
    }
    write_file(fai, good);
    CHECK(drain(options).size() == 1);
  }
  SECTION("lying about a BGZF file") {
    const auto text = read_file(options.path);
    write_file(options.path, bgzip(text));
    fs::remove(fai);
    CHECK(labels_of(options) == std::vector<std::string>{"b:2-5 CGTA"});
    for (const char* line : {"b\t8\t99999\t8\t9", "b\t800\t16\t8\t9", "b\t7\t16\t8\t9"}) {
      INFO(line);
      write_file(fai, "a\t8\t3\t5\t6\n" + std::string(line) + "\n");
      CHECK_THROWS_AS(drain(options), InputError);
    }
    write_file(fai, good);
    write_file(options.path + ".gzi", "rubbish");
    CHECK_THROWS_AS(drain(options), InputError);
  }
}

TEST_CASE("a mutated index gives the right symbols or an error") {
  std::mt19937 random(33);
  const TemporaryFolder folder;
  const auto records = indexable_records(random);
  SourceOptions options;
  const auto text = write_fasta(records, {50, "\n", false, true}, random);
  for (const bool packed : {false, true}) {
    options.path =
        write_file(folder.file(packed ? "x.fa.gz" : "x.fa"), packed ? bgzip(text) : text);
    const auto& [name, symbols] = records.back();
    options.regions = {name + ":2-" + std::to_string(symbols.size())};
    const auto right = labels_of(options);
    REQUIRE(right.front().ends_with(symbols.substr(1)));
    const std::string index = options.path + (packed && random() % 2 == 0 ? ".gzi" : ".fai");
    const auto good = read_file(index);
    int refused = 0;
    for (int round = 0; round < 300; ++round) {
      auto bad = good;
      bad[random() % bad.size()] =
          static_cast<char>(random() % 3 == 0 ? random() : '0' + random() % 10);
      write_file(index, bad);
      try {
        const auto labels = labels_of(options);
        CHECK(labels == right);
      } catch (const vio::core::Error&) {
        ++refused;
      }
    }
    CHECK(refused > 0);
  }
}

TEST_CASE("what cannot be indexed says why") {
  const TemporaryFolder folder;
  SourceOptions options;
  options.regions = {"a:1-2"};
  options.path = write_file(folder.file("x.fa"), ">a\nAC\nACGT\nA\n");
  CHECK_THAT(sentence_of<InputError>(options),
             Catch::Contains("differ in length") && Catch::Contains("-t"));
  write_file(options.path, ">a\nAC\nAC7T\nA\n");
  CHECK_THAT(sentence_of<InputError>(options), Catch::Contains("line 3"));
  // Blanks within lines, which HTSlib indexes without a word.
  write_file(options.path, ">a\nAC GT\nACGT\n>b\nAC\n");
  CHECK_THAT(sentence_of<InputError>(options), Catch::Contains("blanks within"));
  fs::remove(options.path + ".fai");
  const auto whole = bgzip(">a\nACGT\n");
  write_file(options.path, whole.substr(0, whole.size() - 28));
  CHECK_THAT(sentence_of<InputError>(options), Catch::Contains("end marker"));
  write_file(options.path, gzip(">a\nACGT\n"));
  CHECK_THAT(sentence_of<UsageError>(options), Catch::Contains("bgzip"));
  write_file(options.path, "@a\nACGT\n+\nIIII\n");
  CHECK_THAT(sentence_of<UsageError>(options), Catch::Contains("FASTQ"));
  // Nothing is left behind by indexes that failed.
  for (const auto& entry : fs::directory_iterator(folder.path()))
    CHECK(entry.path() == options.path);
}

TEST_CASE("combinations that cannot work are refused") {
  const TemporaryFolder folder;
  const auto path = write_file(folder.file("x.fa"), ">a\nACGT\n");
  const auto refused = [](auto change, const std::string& file) {
    SourceOptions options;
    options.path = file;
    change(options);
    CHECK_THROWS_AS(vio::source::open_sequences(options), UsageError);
  };
  refused([](auto& o) { o.regions = {"a"}; }, "-");
  refused([](auto& o) { o.regions_file = "x.bed"; }, "-");
  refused([](auto& o) { o.shard = {1, 2}; }, "-");
  refused([](auto& o) { o.targets_file = "-"; }, "-");
  refused([](auto& o) { o.regions = o.targets = {"a"}; }, path);
  refused([](auto& o) { o.targets = {"a"}, o.shard = {1, 2}; }, path);
  for (const auto& shard : {std::pair(0, 2), std::pair(3, 2), std::pair(1, 0), std::pair(-1, -1)}) {
    refused([&](auto& o) { o.shard = {shard.first, shard.second}; }, path);
  }
  const auto refused_pipe = [&](auto change) {
    const auto pipe = folder.file("pipe");
    REQUIRE(::mkfifo(pipe.c_str(), S_IRUSR | S_IWUSR) == 0);
    std::thread writer([&] { write_file(pipe, ">a\nACGT\n"); });
    refused(change, pipe);
    writer.join();
    fs::remove(pipe);
  };
  refused_pipe([](auto& o) { o.shard = {1, 2}; });
  refused_pipe([](auto& o) { o.regions = {"a"}; });
}

TEST_CASE("a folder that cannot be written gets no index") {
  if (::geteuid() == 0) return;  // root may write everywhere
  const TemporaryFolder folder;
  SourceOptions options;
  options.path = write_file(folder.file("x.fa"), ">a\nACGT\n");
  options.regions = {"a:2-3"};
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  const auto labels = labels_of(options);
  fs::permissions(folder.path(), fs::perms::owner_all);
  CHECK(labels == std::vector<std::string>{"a:2-3 CG"});
  CHECK_FALSE(fs::exists(options.path + ".fai"));
}

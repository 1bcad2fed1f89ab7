#include "vio/source/reference.hpp"

#include <sys/stat.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "catch.hpp"
#include "hts/test_files.hpp"
#include "source/sources.hpp"
#include "vio/core/error.hpp"

using namespace vio::test;
using vio::core::InputError;
using vio::core::UsageError;
using vio::source::Reference;

namespace fs = std::filesystem;

namespace {

struct Genome {
  TemporaryFolder folder;
  std::vector<Record> records;
  std::string path;

  Genome(std::mt19937& random, bool packed, std::size_t longest) {
    records = random_records(random, 2 + random() % 4, longest);
    for (auto& record : records) record.second += "acGTN";
    const FastaStyle style{random() % 3 == 0 ? 0 : 1 + random() % 90,
                           random() % 2 == 0 ? "\n" : "\r\n", false, random() % 2 == 0};
    const auto text = write_fasta(records, style, random);
    path = write_file(folder.file(packed ? "x.fa.gz" : "x.fa"), packed ? bgzip(text) : text);
  }
};

/// One random interval of one random contig, read and compared.
bool reads_right(const Reference& reference, const std::vector<Record>& records,
                 std::mt19937& random) {
  const auto& [name, symbols] = records[random() % records.size()];
  const auto* const entry = reference.index().find(name);
  if (entry == nullptr) return false;
  const auto begin = random() % (symbols.size() + 1);
  const auto end = begin + random() % (symbols.size() - begin + 1);
  return reference.read(*entry, static_cast<std::int64_t>(begin), static_cast<std::int64_t>(end)) ==
         symbols.substr(begin, end - begin);
}

template <class Error>
std::string sentence_of(const std::string& path) {
  try {
    const Reference reference(path);
    for (const auto& entry : reference.index().entries()) {
      static_cast<void>(reference.read(entry, 0, entry.length));
    }
  } catch (const Error& error) {
    return error.what();
  }
  FAIL("no such error");
  return {};
}

}  // namespace

TEST_CASE("a reference is read at random places, symbols as they are") {
  std::mt19937 random(41);
  for (int round = 0; round < 40; ++round) {
    const Genome genome(random, round % 2 == 0, round % 10 == 0 ? 200000 : 600);
    for (int again = 0; again < 2; ++again) {  // the index is built, then found
      const Reference reference(genome.path);
      CHECK(reference.path() == genome.path);
      REQUIRE(reference.index().entries().size() == genome.records.size());
      for (int i = 0; i < 30; ++i) CHECK(reads_right(reference, genome.records, random));
      for (const auto& [name, symbols] : genome.records) {
        const auto& entry = *reference.index().find(name);
        CHECK(reference.read(entry, 0, entry.length) == symbols);
      }
    }
  }
}

TEST_CASE("many threads read one reference") {
  std::mt19937 random(42);
  for (const bool packed : {false, true}) {
    const Genome genome(random, packed, 100000);
    const Reference reference(genome.path);
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (unsigned seed = 0; seed < 6; ++seed) {
      threads.emplace_back([&, seed] {
        std::mt19937 own(seed);
        for (int i = 0; i < 50; ++i) wrong += reads_right(reference, genome.records, own) ? 0 : 1;
      });
    }
    for (auto& thread : threads) thread.join();
    CHECK(wrong == 0);
  }
}

TEST_CASE("what is no reference is refused with what to do") {
  const TemporaryFolder folder;
  const auto refused = [&](std::string_view bytes) {
    return sentence_of<UsageError>(write_file(folder.file("x"), bytes));
  };
  CHECK_THAT(refused(gzip(">a\nACGT\n")), Catch::Contains("gunzip -c"));
  CHECK_THAT(refused("@a\nACGT\n+\nIIII\n"), Catch::Contains("FASTQ") && Catch::Contains("-f"));
  CHECK_THAT(refused("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"),
             Catch::Contains("VCF"));
  CHECK_THAT(sentence_of<UsageError>("-"), Catch::Contains("standard input"));
  CHECK_THAT(sentence_of<UsageError>(folder.file("missing")), Catch::Contains("missing"));
  CHECK_THAT(sentence_of<UsageError>(folder.path()), Catch::Contains("directory"));
  const auto pipe = folder.file("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), S_IRUSR | S_IWUSR) == 0);
  // Nobody writes to it: opening it would wait for ever.
  CHECK_THAT(sentence_of<UsageError>(pipe), Catch::Contains("not a regular file"));
}

TEST_CASE("a damaged reference is refused") {
  const TemporaryFolder folder;
  const auto path = folder.file("x.fa");
  const auto refused = [&](std::string_view bytes) {
    return sentence_of<InputError>(write_file(path, bytes));
  };
  CHECK_THAT(refused(""), Catch::Contains("empty"));
  CHECK_THAT(refused("<!DOCTYPE html>\n"), Catch::Contains("HTML"));
  CHECK_THAT(refused("hello\n"), Catch::Contains("neither FASTA nor FASTQ"));
  CHECK_THAT(refused(">a\nAC\nACGT\nA\n"),
             Catch::Contains("differ in length") && !Catch::Contains("use -t"));
  CHECK_THAT(refused(">a\nAC\nAC7T\nA\n"), Catch::Contains("line 3"));
  const auto whole = bgzip(">a\nACGT\n");
  CHECK_THAT(refused(whole.substr(0, whole.size() - 28)), Catch::Contains("end marker"));
  CHECK_FALSE(fs::exists(path + ".fai"));
  // Blanks within lines, which HTSlib indexes without a word.
  CHECK_THAT(refused(">a\nAC GT\nACGT\n>b\nAC\n"),
             Catch::Contains("blanks within") && !Catch::Contains("use -t"));
  fs::last_write_time(path, fs::last_write_time(path) + std::chrono::hours(1));
  CHECK_THAT(sentence_of<InputError>(path), Catch::Contains("older than"));
}

TEST_CASE("a long reference that lacks its end marker is refused, though its index is whole") {
  std::mt19937 random(43);
  const TemporaryFolder folder;
  const auto whole = bgzip(">a\n" + random_symbols(random, 1000000) + "\n");
  const auto path = write_file(folder.file("x.fa.gz"), whole);
  CHECK(Reference(path).index().entries().size() == 1);
  write_file(path, whole.substr(0, whole.size() - 28));
  for (const auto* suffix : {".fai", ".gzi"}) {
    fs::last_write_time(path + suffix, fs::last_write_time(path) + std::chrono::seconds(1));
  }
  CHECK_THROWS_WITH(Reference(path), Catch::Contains("end marker"));
}

TEST_CASE("an index that lies is found out before anything is read") {
  const TemporaryFolder folder;
  const auto path = write_file(folder.file("x.fa"), ">a\nACGTAC\nGTAC\n>b\nTTTTTT\nTTTT\n");
  const std::string b = "b\t10\t18\t6\t7\n";
  const auto read_with = [&](const std::string& lines) {
    write_file(path + ".fai", lines);
    return sentence_of<InputError>(path);
  };
  CHECK_THAT(read_with("a\t10\t10\t6\t7\n" + b), Catch::Contains("record a is not where"));
  CHECK_THAT(read_with("a\t11\t3\t6\t7\n" + b), Catch::Contains("record a is not where"));
  CHECK_THAT(read_with("a\t10\t3\t5\t6\n" + b), Catch::Contains("record a is not where"));
  CHECK_THAT(read_with("c\t10\t3\t6\t7\n" + b), Catch::Contains("record c is not where"));
  CHECK_THAT(read_with("a\t10\t3\t6\t7\nb\t900\t20\t6\t7\n"), Catch::Contains("index"));
  CHECK_THAT(read_with("a\t10\t3\n"), Catch::Contains("line 1"));
  write_file(path + ".fai", "a\t10\t3\t6\t7\n" + b);
  const Reference reference(path);
  CHECK(reference.read(*reference.index().find("b"), 5, 7) == "TT");
  CHECK(reference.read(*reference.index().find("a"), 4, 9) == "ACGTA");
}

TEST_CASE("a record that ends before its index says so is an error") {
  const TemporaryFolder folder;
  // The header between the lines is as long as they are, so begin and end look right.
  const auto path = write_file(folder.file("x.fa"), ">a\nACGTAC\n>bCDEF\nTTTTTT\n");
  write_file(path + ".fai", "a\t18\t3\t6\t7\n");
  CHECK_THAT(sentence_of<InputError>(path), Catch::Contains("record a is shorter"));
}

#include "vio/hts/byte_reader.hpp"

#include <csignal>
#include <random>
#include <vector>

#include "catch.hpp"
#include "hts/test_files.hpp"
#include "support/htslib_leaks.hpp"
#include "vio/core/error.hpp"

using vio::core::InputError;
using vio::core::UsageError;
using vio::hts::ByteReader;
using vio::hts::ByteReaderOptions;
using vio::hts::Content;
using namespace vio::test;

namespace {

std::string random_text(std::mt19937& random, std::size_t size) {
  std::string text(size, '\0');
  for (auto& c : text) c = "ACGTN\n"[random() % 6];
  return text;
}

std::string read_all(const ByteReaderOptions& options, std::size_t step = 1 << 16) {
  ByteReader reader(options);
  std::string all;
  std::vector<char> buffer(step);
  for (std::size_t count = step; count == step;) {
    count = reader.read(buffer);
    all.append(buffer.data(), count);
  }
  REQUIRE(reader.read(buffer) == 0);
  return all;
}

std::string read_all(const std::string& path, int threads) {
  return read_all({.path = path, .threads = threads, .block_index = {}});
}

/// What a pipe reader gets of `bytes`.
std::string read_piped(const std::string& bytes, int threads) {
  std::signal(SIGPIPE, SIG_IGN);
  const StandardInput input(bytes);
  return read_all("-", threads);
}

}  // namespace

TEST_CASE("every packing gives the same bytes, from files and pipes, with threads or without") {
  std::mt19937 random(1);
  const TemporaryFolder folder;
  const std::string a = random_text(random, 200'000);
  const std::string b = random_text(random, 70'000);
  const std::string cases[] = {a + b,
                               gzip(a + b),
                               bgzip(a + b),
                               gzip(a) + gzip(b),
                               bgzip(a) + bgzip(b),
                               gzip(a) + bgzip(b),
                               bgzip(a) + gzip(b)};
  for (const auto& bytes : cases) {
    const auto path = write_file(folder.file("input"), bytes);
    for (const int threads : {1, 3}) {
      CHECK(read_all(path, threads) == a + b);
      CHECK(read_piped(bytes, threads) == a + b);
    }
    const ByteReaderOptions plain{.path = path, .threads = 1, .block_index = {}};
    CHECK(read_all(plain, 777) == a + b);
  }
}

TEST_CASE("a file cut anywhere is never taken for whole") {
  std::mt19937 random(2);
  const TemporaryFolder folder;
  const auto a = gzip(random_text(random, 900));
  const auto gz = a + gzip(random_text(random, 300));
  const auto block = bgzip(random_text(random, 900));
  const auto bgz = block + bgzip(random_text(random, 300));
  const auto check_cut = [&](const std::string& whole, std::size_t size) {
    const std::string bytes = whole.substr(0, size);
    INFO("cut at " << size << " of " << whole.size());
    const auto path = write_file(folder.file("cut"), bytes);
    for (const int threads : {1, 2}) {
      CHECK_THROWS_AS(read_all(path, threads), InputError);
      CHECK_THROWS_AS(read_piped(bytes, threads), InputError);
    }
  };
  for (std::size_t size = 2; size < gz.size(); ++size) {
    // Exactly between two members nothing tells a cut from an end.
    if (size != a.size()) check_cut(gz, size);
  }
  for (std::size_t size = 2; size < bgz.size(); ++size) {
    if (size != block.size()) check_cut(bgz, size);
  }
}

TEST_CASE("gzip cut at the edges of the reader's own buffers is found") {
  std::mt19937 random(3);
  const TemporaryFolder folder;
  // Output that fills HTSlib's blocks of 64 KiB exactly, cut within the trailer.
  for (const std::size_t size : {0x10000U, 0x20000U, 0xff00U, 0x1fe00U}) {
    const auto gz = gzip(random_text(random, size));
    for (std::size_t cut = 1; cut <= 9; ++cut) {
      const auto path = write_file(folder.file("cut.gz"), gz.substr(0, gz.size() - cut));
      CHECK_THROWS_AS(read_all(path, 1), InputError);
    }
    CHECK(read_all(write_file(folder.file("whole.gz"), gz), 1).size() == size);
  }
}

TEST_CASE("corruption is found") {
  std::mt19937 random(4);
  const TemporaryFolder folder;
  const auto text = random_text(random, 150'000);
  for (const auto& whole : {gzip(text), bgzip(text)}) {
    for (int round = 0; round < 60; ++round) {
      auto bytes = whole;
      // Not the header's time, flags and system, and not the end marker, which may change freely.
      const std::size_t at = 18 + random() % (whole.size() - 18 - 40);
      bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1 + random() % 255));
      const auto path = write_file(folder.file("corrupt"), bytes);
      for (const int threads : {1, 3}) {
        std::string got;
        bool refused = false;
        try {
          got = read_all(path, threads);
        } catch (const InputError&) {
          refused = true;
        }
        INFO("byte " << at << " of " << whole.size());
        // A field of a later header may not matter; what is read must then be right.
        CHECK((refused || got == text));
      }
    }
    auto crc = whole;
    const std::size_t crc_at = (whole == gzip(text) ? whole.size() : whole.size() - 28) - 8;
    crc[crc_at] = static_cast<char>(crc[crc_at] ^ 1);
    CHECK_THROWS_AS(read_all(write_file(folder.file("crc"), crc), 1), InputError);
    CHECK_THROWS_AS(read_all(write_file(folder.file("crc"), crc), 3), InputError);
  }
}

TEST_CASE("a missing BGZF end marker is named") {
  const TemporaryFolder folder;
  const auto whole = bgzip("ACGT\n");
  const auto path = write_file(folder.file("x.fa.gz"), whole.substr(0, whole.size() - 28));
  for (const int threads : {1, 2}) {
    CHECK_THROWS_WITH(read_all(path, threads), Catch::Contains("x.fa.gz") &&
                                                   Catch::Contains("end marker") &&
                                                   Catch::Contains("fetch it again"));
  }
  ByteReader reader({.path = path, .threads = 1, .block_index = {}});
  CHECK_THROWS_AS(reader.check_end_marker(), InputError);
}

TEST_CASE("what cannot be opened is a usage error with the path") {
  const TemporaryFolder folder;
  CHECK_THROWS_AS(read_all(folder.file("missing"), 1), UsageError);
  CHECK_THROWS_WITH(read_all(folder.file("missing"), 1), Catch::Contains(folder.file("missing")));
  CHECK_THROWS_AS(read_all(folder.path(), 1), UsageError);
  CHECK_THROWS_AS(read_all("http://localhost/x.fa", 1), UsageError);
  CHECK_THROWS_AS(read_all("data:,ACGT", 1), UsageError);
}

TEST_CASE("contents are recognised through compression") {
  const TemporaryFolder folder;
  const auto content_of = [&](const std::string& bytes) {
    return ByteReader(
               {.path = write_file(folder.file("x"), bytes), .threads = 1, .block_index = {}})
        .content();
  };
  const std::string sam = "@HD\tVN:1.6\n@SQ\tSN:c\tLN:9\n";
  const std::string vcf = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n";
  for (const auto& packed : {sam, gzip(sam), bgzip(sam)}) CHECK(content_of(packed).name == "SAM");
  for (const auto& packed : {vcf, bgzip(vcf)}) CHECK(content_of(packed).name == "VCF");
  CHECK(content_of(bgzip("BAM\1aaaaaaaaaa")).name == "BAM");
  CHECK(content_of(bgzip("BCF\2\2aaaaaaaaa")).kind == Content::Kind::variants);
  CHECK(content_of(">a\nACGT\n").kind == Content::Kind::other);
  CHECK(content_of("@a\nACGT\n+\nIIII\n").kind == Content::Kind::other);
  CHECK(content_of("BZh91AY&SYaaaaaaaaaaaaaa").name == "bzip2");
}

TEST_CASE("progress counts compressed bytes and ends at the file's size") {
  std::mt19937 random(5);
  const TemporaryFolder folder;
  const auto text = random_text(random, 300'000);
  for (const auto& bytes : {text, gzip(text), bgzip(text)}) {
    const auto path = write_file(folder.file("input"), bytes);
    for (const int threads : {1, 2}) {
      ByteReader reader({.path = path, .threads = threads, .block_index = {}});
      REQUIRE(reader.compressed_size() == bytes.size());
      std::vector<char> buffer(1000);
      std::uint64_t before = 0;
      while (reader.read(buffer) > 0) {
        CHECK(reader.compressed_position() >= before);
        before = reader.compressed_position();
      }
      // The end marker of BGZF may be left out.
      CHECK(reader.compressed_position() + 28 >= bytes.size());
      CHECK(reader.compressed_position() <= bytes.size());
    }
  }
}

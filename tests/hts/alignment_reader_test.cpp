#include "vio/hts/alignment_reader.hpp"

#include <chrono>

#include "catch.hpp"
#include "support/alignment_files.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using test::AlignmentKind;
using test::read_lines;
using test::TestRead;

namespace {

constexpr std::array kKinds{AlignmentKind::sam,           AlignmentKind::sam_bgzip,
                            AlignmentKind::bam,           AlignmentKind::cram,
                            AlignmentKind::cram_embedded, AlignmentKind::cram_without};
constexpr std::array kIndexedKinds{AlignmentKind::sam_bgzip, AlignmentKind::bam,
                                   AlignmentKind::cram, AlignmentKind::cram_embedded};

/// Random reads as a file of each kind.
class Files {
 public:
  explicit Files(unsigned seed, std::size_t count = 300)
      : random_(seed),
        contigs_(test::test_contigs(random_)),
        reads_(test::random_reads(random_, contigs_, count)),
        reference_(test::write_file(folder_.file("x.fa"), test::fasta_text(contigs_))) {}

  std::string write(AlignmentKind kind, bool indexed = false) {
    return test::write_alignments(folder_, test::sam_text(reads_, contigs_),
                                  {.kind = kind, .reference = reference_, .indexed = indexed});
  }
  hts::AlignmentReader open(const std::string& path, int threads = 1) const {
    return {hts::Input(path), {.threads = threads, .reference_path = reference_}};
  }
  std::mt19937& random() { return random_; }
  [[nodiscard]] const std::vector<TestRead>& reads() const { return reads_; }
  [[nodiscard]] const std::vector<test::TestContig>& contigs() const { return contigs_; }
  [[nodiscard]] const std::string& reference() const { return reference_; }
  [[nodiscard]] const test::TemporaryFolder& folder() const { return folder_; }

 private:
  std::mt19937 random_;
  test::TemporaryFolder folder_;
  std::vector<test::TestContig> contigs_;
  std::vector<TestRead> reads_;
  std::string reference_;
};

/// Without the tags that CRAM's readers make up: NM, MD.
std::string without_made_up(std::string line) {
  for (const auto* const tag : {"\tMD:Z:", "\tNM:i:"}) {
    const auto at = line.find(tag);
    if (at == std::string::npos) continue;
    line.erase(at, std::min(line.find('\t', at + 1), line.size()) - at);
  }
  return line;
}

std::vector<std::string> lines_of(hts::AlignmentReader& reader) {
  auto lines = read_lines(reader);
  for (auto& line : lines) line = without_made_up(line);
  return lines;
}

void check_same(const std::vector<std::string>& lines, const std::vector<std::string>& expected) {
  REQUIRE(lines.size() == expected.size());
  const auto [line, other] = std::mismatch(lines.begin(), lines.end(), expected.begin());
  if (line != lines.end()) CHECK(*line == *other);
}

std::vector<std::string> names_of(hts::AlignmentReader& reader) {
  std::vector<std::string> names;
  hts::AlignmentRecord record;
  while (reader.read(record)) names.emplace_back(record.name());
  return names;
}

void read_all(const std::string& path, const hts::AlignmentReaderOptions& options) {
  hts::AlignmentReader reader(hts::Input(path), options);
  static_cast<void>(read_lines(reader));
}

}  // namespace

TEST_CASE("the same reads come from every kind of alignment file, for any threads, from a pipe") {
  Files files(1);
  std::vector<std::string> expected;
  for (const auto& read : files.reads()) {
    expected.push_back(test::sam_line(read, files.contigs()));
    expected.back().pop_back();
  }
  for (const auto kind : kKinds) {
    const auto path = files.write(kind);
    for (const int threads : {1, 4}) {
      auto reader = files.open(path, threads);
      INFO(path << ", threads " << threads);
      const auto format = path.ends_with(".cram") ? "cram" : path.ends_with(".bam") ? "bam" : "sam";
      CHECK(reader.format() == format);
      CHECK(sam_hdr_nref(reader.header().get()) == 4);
      check_same(lines_of(reader), expected);
      CHECK(reader.compressed_size() == std::filesystem::file_size(path));
      CHECK(reader.compressed_position() > 0);
      const test::StandardInput pipe(test::read_file(path));
      auto piped = files.open("-", threads);
      check_same(lines_of(piped), expected);
      CHECK_FALSE(piped.compressed_size());
      CHECK_FALSE(piped.has_index());
      CHECK_THROWS_AS(piped.load_index(), core::UsageError);
    }
  }
}

TEST_CASE("a file of alignments cut at any byte is an error") {
  Files files(2, 6);
  for (const auto kind : {AlignmentKind::sam_bgzip, AlignmentKind::bam, AlignmentKind::cram,
                          AlignmentKind::cram_embedded, AlignmentKind::cram_without}) {
    const auto bytes = test::read_file(files.write(kind));
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      const auto cut = test::write_file(files.folder().file("cut"), bytes.substr(0, size));
      INFO("kind " << static_cast<int>(kind) << " cut after " << size << " of " << bytes.size());
      for (const int threads : {1, 4}) {
        const hts::AlignmentReaderOptions options{.threads = threads,
                                                  .reference_path = files.reference()};
        CHECK_THROWS_AS(read_all(cut, options), core::Error);
        const test::StandardInput pipe(bytes.substr(0, size));
        CHECK_THROWS_AS(read_all("-", options), core::Error);
      }
    }
  }
}

TEST_CASE("files with nothing but a header are whole") {
  Files files(3, 0);
  for (const auto kind : kKinds) {
    auto reader = files.open(files.write(kind));
    CHECK(lines_of(reader).empty());
  }
}

TEST_CASE("lines that samtools refuses are errors that say where") {
  const test::TemporaryFolder folder;
  const std::vector<test::TestContig> contigs{{"a", "ACGT"}};
  const auto good = test::sam_line({.name = "good", .flag = 4, .bases = "ACGT"}, contigs);
  for (const auto* const line :
       {"q\t0\ta\t1\t9\n", "q\t0\ta\tx\t9\t4M\t*\t0\t0\tACGT\t*\n", "\n",
        "q\t0\ta\t1\t9\t5M\t*\t0\t0\tACGT\t*\n", "q\t0\ta\t1\t9\t4M\t*\t0\t0\tACGT\tFF\n",
        "q\t0\ta\t1\t9\t4Q\t*\t0\t0\tACGT\t*\n", "q\t0\ta\t1\t9\t4M\t*\t0\t0\tACGT\t*\tXX\n"}) {
    auto text = test::sam_header(contigs) + good;
    text.append(line).append(good);
    const auto path = test::write_file(folder.file("x.sam"), text);
    INFO(line);
    CHECK_THROWS_AS(read_all(path, {}), core::InputError);
    CHECK_THROWS_WITH(read_all(path, {}),
                      Catch::Contains("read 1 (good, unplaced)") && Catch::Contains("line 4"));
  }
}

TEST_CASE("corrupt reads of BAM are errors") {
  const test::TemporaryFolder folder;
  const std::vector<test::TestContig> contigs{{"a", "ACGT"}};
  const auto text =
      test::sam_text({{.name = "qq", .flag = 4, .bases = "AC", .tags = "\tXX:Z:t"}}, contigs);
  const auto path = test::write_alignments(folder, text, {});
  std::string bytes;
  {
    BGZF* in = bgzf_open(path.c_str(), "r");
    bytes.resize(1 << 16);
    bytes.resize(static_cast<std::size_t>(bgzf_read(in, bytes.data(), bytes.size())));
    bgzf_close(in);
  }
  const auto name = bytes.rfind(std::string("qq\0", 3));
  const auto read = [&](std::size_t at, char byte) {
    auto damaged = bytes;
    damaged[at] = byte;
    read_all(test::write_file(folder.file("bad.bam"), test::bgzip(damaged)), {});
  };
  CHECK_NOTHROW(read(name, 'Q'));
  CHECK_THROWS_AS(read(name - 32, 5), core::InputError);                    // refID
  CHECK_THROWS_AS(read(name - 12, 5), core::InputError);                    // next refID
  CHECK_THROWS_AS(read(name - 16, 77), core::InputError);                   // bases
  CHECK_THROWS_WITH(read(bytes.size() - 3, '!'), Catch::Contains("tags"));  // type of the tag
  CHECK_THROWS_WITH(read(bytes.size() - 1, 'x'), Catch::Contains("tags"));  // its end
}

TEST_CASE("what is no file of alignments is an error of use") {
  const test::TemporaryFolder folder;
  CHECK_THROWS_AS(read_all(test::write_file(folder.file("x.fa"), ">a\nACGT\n"), {}),
                  core::UsageError);
}

TEST_CASE("an index leads to the reads that overlap an interval, any number of times") {
  Files files(4, 1500);
  for (const auto kind : kIndexedKinds) {
    const auto path = files.write(kind, true);
    auto reader = files.open(path);
    REQUIRE(reader.has_index());
    reader.load_index();
    for (int i = 0; i < 300; ++i) {
      const int contig = static_cast<int>(files.random()() % 4);
      const auto begin = static_cast<std::int64_t>(files.random()() % 5200) - 1;
      const auto end = begin + 1 + static_cast<std::int64_t>(files.random()() % 700);
      const bool unplaced = i % 17 == 0;
      std::vector<std::string> expected;
      for (const auto& read : files.reads()) {
        if (unplaced ? read.contig < 0
                     : read.contig == contig && read.pos < end && read.pos + read.covered > begin) {
          expected.push_back(read.name);
        }
      }
      if (unplaced) {
        reader.query_unplaced();
      } else {
        reader.query(contig, begin, end);
      }
      INFO(path << " query " << i << ": " << contig << ", " << begin << " to " << end);
      CHECK(names_of(reader) == expected);
      CHECK(names_of(reader).empty());
      if (i % 5 == 0) {  // not read to its end
        reader.query(contig, begin, end);
        hts::AlignmentRecord record;
        static_cast<void>(reader.read(record));
      }
    }
  }
}

TEST_CASE("reads with a contig but without a position come with the whole contig") {
  const test::TemporaryFolder folder;
  const std::vector<test::TestContig> contigs{{"a", std::string(100, 'A')},
                                              {"b", std::string(100, 'C')}};
  std::vector<TestRead> reads{{.name = "a1", .contig = 0, .pos = 7, .cigar = "4M", .bases = "AAAA"},
                              {.name = "a2", .flag = 4, .contig = 0, .pos = 9, .bases = "AA"},
                              {.name = "b0", .flag = 4, .contig = 1, .pos = 0, .bases = "AA"},
                              {.name = "b1", .contig = 1, .pos = 3, .cigar = "2M", .bases = "CC"},
                              {.name = "u0", .flag = 4, .bases = "GG"}};
  const auto plain = test::write_alignments(folder, test::sam_text(reads, contigs), {});
  // SAM cannot say it, so that b0 loses its position in BAM.
  hts::AlignmentReader in(hts::Input(plain), {});
  const auto path = folder.file("none.bam");
  htsFile* out = hts_open(path.c_str(), "wb");
  test::check_written(sam_hdr_write(out, in.header().get()));
  hts::AlignmentRecord record;
  while (in.read(record)) {
    if (record.name() == "b0") record.handle()->core.pos = -1;
    test::check_written(sam_write1(out, in.header().get(), record.handle()));
  }
  test::check_written(hts_close(out));
  test::check_written(sam_index_build(path.c_str(), 0));
  hts::AlignmentReader reader(hts::Input(path), {});
  reader.load_index();
  constexpr auto kEnd = std::numeric_limits<std::int64_t>::max();
  using Names = std::vector<std::string>;
  reader.query(1, -1, kEnd);
  CHECK(names_of(reader) == Names{"b0", "b1"});
  reader.query(0, -1, kEnd);
  CHECK(names_of(reader) == Names{"a1", "a2"});
  reader.query(0, -1, 9);
  CHECK(names_of(reader) == Names{"a1"});
  reader.query_unplaced();
  CHECK(names_of(reader) == Names{"u0"});
}

TEST_CASE("an index of alignments that is missing, stale or no index is an error") {
  Files files(5, 40);
  auto plain = files.open(files.write(AlignmentKind::sam));
  CHECK_FALSE(plain.has_index());
  CHECK_THROWS_AS(plain.load_index(), core::UsageError);
  for (const auto kind : {AlignmentKind::bam, AlignmentKind::cram}) {
    const auto path = files.write(kind);
    const auto suffix = kind == AlignmentKind::bam ? ".bai" : ".crai";
    auto without = files.open(path);
    CHECK_FALSE(without.has_index());
    CHECK_THROWS_WITH(without.load_index(), Catch::Contains("samtools index"));
    auto wrong = files.open(path);
    test::write_file(path + suffix, "no index at all");
    CHECK_THROWS_AS(wrong.load_index(), core::InputError);
    auto stale = files.open(files.write(kind, true));
    std::filesystem::last_write_time(
        path + suffix, std::filesystem::last_write_time(path) - std::chrono::seconds(5));
    CHECK_THROWS_WITH(stale.load_index(), Catch::Contains("is older than"));
    // Also found under the name without the file's own suffix.
    const auto index = test::read_file(path + suffix);
    std::filesystem::remove(path + suffix);
    const auto stem = std::filesystem::path(path).replace_extension(suffix).string();
    test::write_file(stem, index);
    CHECK_NOTHROW(files.open(path).load_index());
    std::filesystem::remove(stem);
  }
}

#include "vio/source/alignment_source.hpp"

#include <limits>

#include "catch.hpp"
#include "support/alignment_files.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using source::AlignmentSourceOptions;
using test::AlignmentKind;
using test::TestContig;
using test::TestRead;
using Names = std::vector<std::string>;
using Texts = std::vector<std::string>;

namespace {

constexpr std::array kIndexedKinds{AlignmentKind::bam, AlignmentKind::cram,
                                   AlignmentKind::sam_bgzip};

/// Alignments of every kind of file with their index.
class Files {
 public:
  Files(std::vector<TestContig> contigs, std::vector<TestRead> reads)
      : contigs_(std::move(contigs)),
        reads_(std::move(reads)),
        reference_(test::write_file(folder_.file("x.fa"), test::fasta_text(contigs_))) {}

  [[nodiscard]] std::string write(AlignmentKind kind, bool indexed = true) const {
    return test::write_alignments(folder_, test::sam_text(reads_, contigs_),
                                  {.kind = kind, .reference = reference_, .indexed = indexed});
  }
  [[nodiscard]] hts::AlignmentReader open(const std::string& path) const {
    return {hts::Input(path), {.reference_path = reference_}};
  }
  [[nodiscard]] const std::vector<TestRead>& reads() const { return reads_; }
  [[nodiscard]] const std::vector<TestContig>& contigs() const { return contigs_; }
  [[nodiscard]] const test::TemporaryFolder& folder() const { return folder_; }

 private:
  test::TemporaryFolder folder_;
  std::vector<TestContig> contigs_;
  std::vector<TestRead> reads_;
  std::string reference_;
};

Files random_files(unsigned seed, std::size_t count) {
  std::mt19937 random(seed);
  auto contigs = test::test_contigs(random);
  auto reads = test::random_reads(random, contigs, count);
  return {std::move(contigs), std::move(reads)};
}

/// A region's end among the reads' names.
std::string end_of(const core::GenomicInterval& interval) {
  return "end of " + interval.contig + ":" + std::to_string(interval.begin) + "-" +
         std::to_string(interval.end);
}

struct Drained {
  Names names;
  std::uint64_t filtered = 0;
};

Drained drain(const Files& files, const std::string& path, AlignmentSourceOptions options) {
  options.path = path;
  auto reader = files.open(path);
  const auto source = source::open_alignments(reader, options);
  Drained drained;
  std::uint64_t records = 0;
  while (const auto batch = source->next()) {
    const auto& reads = std::get<std::vector<hts::AlignmentRecord>>(batch->records);
    REQUIRE(batch->size() == reads.size());
    REQUIRE(batch->first_ordinal == records);
    REQUIRE(batch->size() + batch->region_ends.size() > 0);
    REQUIRE(batch->size() + batch->region_ends.size() <= options.bounds.max_records);
    REQUIRE(batch->header != nullptr);
    auto end = batch->region_ends.begin();
    for (std::size_t i = 0; i <= reads.size(); ++i) {
      for (; end != batch->region_ends.end() && end->after_records == i; ++end) {
        drained.names.push_back(end_of(end->interval));
      }
      if (i < reads.size()) drained.names.emplace_back(reads[i].name());
    }
    REQUIRE(end == batch->region_ends.end());
    records += reads.size();
    REQUIRE(batch->progress.records == records);
  }
  drained.filtered = source->filtered();
  return drained;
}

Names names_of(const Files& files, const std::string& path, const AlignmentSourceOptions& options) {
  return drain(files, path, options).names;
}

/// All of the options' reads, one shard after the other.
Drained gather(const Files& files, const std::string& path, AlignmentSourceOptions options,
               int count) {
  Drained all;
  for (int i = 1; i <= count; ++i) {
    options.shard = {i, count};
    const auto part = drain(files, path, options);
    all.names.insert(all.names.end(), part.names.begin(), part.names.end());
    all.filtered += part.filtered;
  }
  return all;
}

AlignmentSourceOptions everything() {
  AlignmentSourceOptions options;
  options.filter.exclude_flags = 0;
  options.bounds.max_records = 7;
  return options;
}

struct Interval {
  int contig = 0;
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

bool overlaps(const TestRead& read, const Interval& interval) {
  return read.contig == interval.contig && read.pos < interval.end &&
         read.pos + read.covered > interval.begin && interval.begin < interval.end;
}

std::vector<Interval> random_intervals(std::mt19937& random, const std::vector<TestContig>& contigs,
                                       std::size_t count) {
  std::vector<Interval> intervals;
  for (std::size_t i = 0; i < count; ++i) {
    const auto contig = random() % contigs.size();
    const auto size = contigs[contig].bases.size();
    const auto begin = static_cast<std::int64_t>(random() % size);
    const auto length = random() % 8 == 0 ? 0 : random() % (size / 4);
    intervals.push_back(
        {static_cast<int>(contig), begin, begin + static_cast<std::int64_t>(length)});
  }
  return intervals;
}

std::string write_bed(const Files& files, const std::vector<Interval>& intervals) {
  std::string text;
  for (const auto& [contig, begin, end] : intervals) {
    text += files.contigs()[static_cast<std::size_t>(contig)].name + "\t" + std::to_string(begin) +
            "\t" + std::to_string(end) + "\n";
  }
  return test::write_file(files.folder().file("regions.bed"), text);
}

Names overlapping(const Files& files, const std::vector<Interval>& intervals) {
  Names names;
  for (const auto& read : files.reads()) {
    if (std::any_of(intervals.begin(), intervals.end(),
                    [&](const auto& interval) { return overlaps(read, interval); })) {
      names.push_back(read.name);
    }
  }
  return names;
}

Names by_region(const Files& files, const std::vector<Interval>& intervals) {
  Names names;
  for (const auto& interval : intervals) {
    for (const auto& read : files.reads()) {
      if (overlaps(read, interval)) names.push_back(read.name);
    }
    names.push_back(end_of({files.contigs()[static_cast<std::size_t>(interval.contig)].name,
                            interval.begin, interval.end}));
  }
  return names;
}

}  // namespace

TEST_CASE("a stream has every read in the file's order, in batches") {
  const auto files = random_files(1, 200);
  Names expected;
  for (const auto& read : files.reads()) expected.push_back(read.name);
  for (const auto kind : {AlignmentKind::sam, AlignmentKind::bam, AlignmentKind::cram}) {
    const auto path = files.write(kind, false);
    for (const std::size_t records : {1U, 7U, 64U, 1000U}) {
      auto options = everything();
      options.bounds.max_records = records;
      CHECK(names_of(files, path, options) == expected);
    }
  }
}

TEST_CASE("reads are filtered as samtools view does, and counted") {
  const auto files = random_files(2, 300);
  const auto path = files.write(AlignmentKind::bam);
  for (const auto& filter : {source::ReadFilter{}, source::ReadFilter{30, 0, 0},
                             source::ReadFilter{0, 16, 0x900}, source::ReadFilter{10, 0, 16},
                             source::ReadFilter{0, 20, 0}, source::ReadFilter{61, 0, 0}}) {
    auto options = everything();
    options.filter = filter;
    Names expected;
    for (const auto& read : files.reads()) {
      const bool passes = read.quality >= filter.min_mapping_quality &&
                          (read.flag & filter.require_flags) == filter.require_flags &&
                          (read.flag & filter.exclude_flags) == 0;
      if (passes) expected.push_back(read.name);
    }
    const auto drained = drain(files, path, options);
    CHECK(drained.names == expected);
    CHECK(drained.filtered == files.reads().size() - expected.size());
    const auto gathered = gather(files, path, options, 4);
    CHECK(gathered.names == expected);
    CHECK(gathered.filtered == drained.filtered);
  }
}

TEST_CASE("a batch is bounded by bases, which a long read alone may exceed") {
  std::vector<TestRead> reads;
  for (const std::size_t length : {10U, 10U, 10U, 500U, 10U, 10U}) {
    reads.push_back(
        {.name = "r" + std::to_string(reads.size()), .flag = 4, .bases = std::string(length, 'A')});
  }
  const Files files({{"a", "ACGT"}}, reads);
  auto reader = files.open(files.write(AlignmentKind::bam));
  auto options = everything();
  options.bounds.max_symbols = 20;
  const auto source = source::open_alignments(reader, options);
  std::vector<std::size_t> sizes;
  while (const auto batch = source->next()) {
    sizes.push_back(batch->size());
    std::string symbols;
    for (std::size_t i = 0; i < batch->size(); ++i) batch->append_sequence(i, symbols);
    CHECK(symbols.find_first_not_of('A') == std::string::npos);
    CHECK((symbols.size() <= 20 || batch->size() <= 2));
  }
  CHECK(sizes == std::vector<std::size_t>{2, 2, 2});
}

TEST_CASE("regions and targets have the reads that overlap them, each once, as the file has them") {
  const auto files = random_files(3, 800);
  std::mt19937 random(4);
  for (const auto kind : kIndexedKinds) {
    const auto path = files.write(kind);
    for (int i = 0; i < 25; ++i) {
      const auto intervals = random_intervals(random, files.contigs(), 1 + random() % 12);
      const auto expected = overlapping(files, intervals);
      auto options = everything();
      options.regions_file = write_bed(files, intervals);
      CHECK(names_of(files, path, options) == expected);
      for (const int count : {1, 3, 10})
        CHECK(gather(files, path, options, count).names == expected);
      std::swap(options.regions_file, options.targets_file);
      CHECK(names_of(files, path, options) == expected);
    }
  }
}

TEST_CASE("by region each region has its own reads, and an end") {
  const auto files = random_files(5, 800);
  std::mt19937 random(6);
  for (const auto kind : kIndexedKinds) {
    const auto path = files.write(kind);
    for (int i = 0; i < 15; ++i) {
      const auto intervals = random_intervals(random, files.contigs(), 1 + random() % 30);
      auto options = everything();
      options.by_region = true;
      options.regions_file = write_bed(files, intervals);
      const auto expected = by_region(files, intervals);
      CHECK(names_of(files, path, options) == expected);
      for (const int count : {1, 3, 40})
        CHECK(gather(files, path, options, count).names == expected);
    }
  }
}

TEST_CASE("shards gathered are the whole, with an index or without") {
  const auto files = random_files(7, 500);
  Names expected;
  for (const auto& read : files.reads()) expected.push_back(read.name);
  for (const auto kind : {AlignmentKind::sam, AlignmentKind::bam, AlignmentKind::cram}) {
    for (const bool indexed : {false, true}) {
      if (kind == AlignmentKind::sam && indexed) continue;
      const auto path = files.write(kind, indexed);
      for (const int count : {1, 2, 5, 33}) {
        CHECK(gather(files, path, everything(), count).names == expected);
      }
      auto options = everything();
      options.shard = {3, 5};
      const auto part = names_of(files, path, options);
      CHECK(part.size() < expected.size());
      std::filesystem::remove(path + ".bai");
      std::filesystem::remove(path + ".crai");
      CHECK(names_of(files, path, options) == part);
    }
  }
}

TEST_CASE("files of unplaced reads alone belong to the last shard") {
  const Files files(
      {}, {{.name = "u0", .flag = 4, .bases = "ACGT"}, {.name = "u1", .flag = 4, .bases = "ACGT"}});
  auto options = everything();
  const auto path = files.write(AlignmentKind::bam, false);
  options.shard = {1, 2};
  CHECK(names_of(files, path, options).empty());
  options.shard = {2, 2};
  CHECK(names_of(files, path, options) == Names{"u0", "u1"});
}

TEST_CASE("shards of a stream need it sorted") {
  const std::vector<TestContig> contigs{{"a", std::string(100, 'A')}, {"b", std::string(100, 'A')}};
  const auto read = [](int contig, std::int64_t pos) {
    return TestRead{.name = "q",
                    .flag = contig < 0 ? 4 : 0,
                    .contig = contig,
                    .pos = pos,
                    .cigar = contig < 0 ? "*" : "2M",
                    .bases = "AA"};
  };
  for (const auto& [first, second] :
       {std::pair(read(0, 9), read(0, 8)), std::pair(read(1, 5), read(0, 50)),
        std::pair(read(-1, -1), read(0, 5))}) {
    const Files files(contigs, {first, second});
    const auto path = files.write(AlignmentKind::bam, false);
    auto options = everything();
    CHECK(names_of(files, path, options).size() == 2);
    options.shard = {1, 2};
    CHECK_THROWS_AS(names_of(files, path, options), core::InputError);
    CHECK_THROWS_WITH(names_of(files, path, options), Catch::Contains("samtools sort"));
  }
}

TEST_CASE("region strings are those of samtools") {
  const std::vector<TestContig> contigs{{"chr1", std::string(400, 'A')},
                                        {"HLA:1-10", std::string(100, 'A')},
                                        {"M", std::string(50, 'A')}};
  std::vector<TestRead> reads;
  for (const auto& [contig, pos] :
       {std::pair(0, 4), std::pair(0, 99), std::pair(0, 300), std::pair(1, 20), std::pair(2, 3)}) {
    reads.push_back({.name = "r" + std::to_string(reads.size()),
                     .contig = contig,
                     .pos = pos,
                     .cigar = "2M",
                     .bases = "AA",
                     .covered = 2});
  }
  const Files files(contigs, reads);
  const auto path = files.write(AlignmentKind::bam);
  const auto found = [&](const Texts& texts) {
    auto options = everything();
    options.regions = texts;
    auto names = names_of(files, path, options);
    std::swap(options.regions, options.targets);
    CHECK(names_of(files, path, options) == names);
    return names;
  };
  CHECK(found({"chr1"}) == Names{"r0", "r1", "r2"});
  CHECK(found({"1:100"}) == Names{"r1", "r2"});
  CHECK(found({"1:-6", "chr1:6-101"}) == Names{"r0", "r1"});
  CHECK(found({"chr1:7-99"}).empty());
  CHECK(found({"MT,chrM,M"}) == Names{"r4"});
  CHECK(found({"HLA:1-10"}) == Names{"r3"});
  CHECK(found({"{HLA:1-10}:22-30"}) == Names{"r3"});
  CHECK_THROWS_AS(found({"chr2:5-6"}), core::UsageError);
  CHECK_THROWS_WITH(found({"chr1", "HLA"}), Catch::Contains("does not have a contig HLA"));
  auto options = everything();
  options.by_region = true;
  options.regions = {"1:100", "MT", "chr1:390-500"};
  CHECK(names_of(files, path, options) ==
        Names{"r1", "r2", "end of 1:99-400", "r4", "end of MT:0-50", "end of chr1:389-500"});
}

TEST_CASE("selections of reads that cannot be") {
  const auto files = random_files(8, 20);
  const auto path = files.write(AlignmentKind::bam, false);
  auto options = everything();
  options.by_region = true;
  CHECK_THROWS_AS(names_of(files, path, options), core::UsageError);
  options.targets = {"a"};
  CHECK_THROWS_AS(names_of(files, path, options), core::UsageError);
  options = everything();
  options.regions = {"a"};
  CHECK_THROWS_WITH(names_of(files, path, options), Catch::Contains("samtools index"));
}

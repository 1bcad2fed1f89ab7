#include <htslib/cram.h>

#include <filesystem>
#include <iterator>

#include "catch.hpp"
#include "sink/tagged_alignments.hpp"
#include "support/standard_output.hpp"
#include "vio/core/error.hpp"

using namespace vio;
namespace fs = std::filesystem;
using sink::AlignmentFormat;
using sink::AlignmentOutputOptions;

namespace {

const std::string genome =
    ">1\n" + std::string(5000, 'A') + "\n>2\n" + std::string(300, 'C') + "\n";

/// Reads of ten bases at `contig position` each; `*` for one without a place.
std::string sam_of(const std::string& places, const std::string& length = "5000") {
  std::string sam = "@SQ\tSN:1\tLN:" + length + "\n@SQ\tSN:2\tLN:300\n";
  std::istringstream text(places);
  int number = 0;
  for (std::string contig; text >> contig;) {
    sam.append("r").append(std::to_string(++number));
    if (contig == "*") {
      sam += "\t4\t*\t0\t0\t*\t*\t0\t0\tACGTACGTAC\t*\n";
    } else {
      std::string position;
      text >> position;
      sam.append("\t0\t").append(contig).append("\t").append(position);
      sam += "\t9\t10M\t*\t0\t0\tACGTACGTAC\t*\n";
    }
  }
  return sam;
}

struct Kind {
  const char* name;
  AlignmentFormat format;
  bool compressed;
};
constexpr Kind kBam = {"r.bam", AlignmentFormat::bam, false};
constexpr Kind kSamGz = {"r.sam.gz", AlignmentFormat::sam, true};
constexpr Kind kCram = {"r.cram", AlignmentFormat::cram, false};
constexpr Kind kSam = {"r.sam", AlignmentFormat::sam, false};
constexpr auto kIndexed = {kBam, kSamGz, kCram};
constexpr auto kAll = {kBam, kSamGz, kCram, kSam};

/// A folder with a reference.
struct Place {
  test::TemporaryFolder folder;
  std::string reference =
      (fs::create_directory(folder.path() / "out"), folder.write("ref.fa", genome).string());
  fs::path out = folder.path() / "out";

  [[nodiscard]] AlignmentOutputOptions options(const Kind& kind, bool write_index = false) const {
    return {.path = (out / kind.name).string(),
            .format = kind.format,
            .compressed = kind.compressed,
            .write_index = write_index,
            .reference_path = reference};
  }
  void write(const std::string& sam, const Kind& kind, bool write_index = true) const {
    test::write_tagged(sam, test::same_scores(sam, {0.25, 0.75}), options(kind, write_index));
  }
  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(out)) names.push_back(entry.path().filename());
    std::ranges::sort(names);
    return names;
  }
};

using Names = std::vector<std::string>;

/// Reads that samtools would find in a region.
std::size_t count(const std::string& path, const std::string& reference, const char* region) {
  const test::SamFile file(sam_open(path.c_str(), "r"), hts_close);
  hts_set_fai_filename(file.get(), reference.c_str());
  const hts::AlignmentHeaderHandle header(sam_hdr_read(file.get()));
  const std::unique_ptr<hts_idx_t, void (*)(hts_idx_t*)> index(
      sam_index_load(file.get(), path.c_str()), hts_idx_destroy);
  REQUIRE(index);
  const std::unique_ptr<hts_itr_t, void (*)(hts_itr_t*)> found(
      sam_itr_querys(index.get(), header.get(), region), hts_itr_destroy);
  REQUIRE(found);
  const hts::AlignmentRecord read;
  std::size_t n = 0;
  while (sam_itr_next(file.get(), found.get(), read.handle()) >= 0) ++n;
  return n;
}

template <typename Action>
std::string refusal(const Action& action) {
  try {
    action();
  } catch (const core::Error& error) {
    return error.what();
  }
  return "no refusal";
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("alignments with an index that HTSlib uses") {
  const auto sam = sam_of("1 1 1 100 1 100 1 4000 2 7 * *");
  for (const auto& kind : kIndexed) {
    const Place place;
    place.write(sam, kind);
    const auto path = (place.out / kind.name).string();
    const std::string suffix = kind.format == AlignmentFormat::cram ? ".crai" : ".bai";
    INFO(path);
    CHECK(place.files() == Names{kind.name, kind.name + suffix});
    CHECK(count(path, place.reference, "1:100-100") == 2);
    CHECK(count(path, place.reference, "1:200-5000") == 1);
    CHECK(count(path, place.reference, "2") == 1);
    CHECK(count(path, place.reference, "*") == 2);
  }
}

TEST_CASE("contigs too long for BAI get a CSI") {
  for (const auto& kind : {kBam, kSamGz}) {
    const Place place;
    place.write(sam_of("1 5 1 4000 1 599999990", "600000000"), kind);
    CHECK(place.files() == Names{kind.name, kind.name + std::string(".csi")});
    CHECK(count((place.out / kind.name).string(), "", "1:5-6") == 1);
    CHECK(count((place.out / kind.name).string(), "", "1:599999000") == 1);
  }
}

TEST_CASE("a read past the end of its contig is indexed as far as an index reaches") {
  for (const auto& kind : {kBam, kSamGz}) {
    const Place place;
    place.write(sam_of("1 5 1 536870903"), kind);
    CHECK(count((place.out / kind.name).string(), "", "1:500000000-600000000") == 1);
    const auto beyond = refusal([&] { place.write(sam_of("1 5 1 536870904"), kind); });
    CHECK(says(beyond, "read 'r2' (1:536870904) ends at 536870913"));
    // CSI's bins are wide.
    CHECK_NOTHROW(place.write(sam_of("1 4294967287", "600000000"), kSamGz));
    CHECK_THROWS_AS(place.write(sam_of("1 4294967288", "600000000"), kSamGz), core::InputError);
  }
}

TEST_CASE("an index of another kind does not outlive the alignments that it was of") {
  const Place place;
  place.write(sam_of("1 5", "600000000"), kBam);
  CHECK(place.files() == Names{"r.bam", "r.bam.csi"});
  place.write(sam_of("1 5"), kBam);
  CHECK(place.files() == Names{"r.bam", "r.bam.bai"});
  // A run that fails leaves what is there.
  CHECK_THROWS_AS(place.write(sam_of("1 5 1 4", "600000000"), kBam), core::InputError);
  CHECK(place.files() == Names{"r.bam", "r.bam.bai"});
}

TEST_CASE("reads that are not sorted cannot be indexed: the read is named, nothing is left") {
  const auto refused = [](const std::string& places, const Kind& kind) {
    const Place place;
    auto sentence = refusal([&] { place.write(sam_of(places), kind); });
    CHECK(place.files().empty() == (sentence != "no refusal"));
    CHECK_NOTHROW(place.write(sam_of(places), kind, false));
    return sentence;
  };
  for (const auto& kind : kIndexed) {
    const auto backwards = refused("1 5 1 9 1 8", kind);
    CHECK(says(backwards, "'r3', 1:8, comes after 1:9"));
    CHECK(says(backwards, "sort the reads (samtools sort), or leave out -W"));
    // In another batch, by the header's order of contigs, and behind reads without a place.
    CHECK(says(refused("1 5 1 9 2 8 1 10", kind), "'r4', 1:10, comes after 2:8"));
    CHECK(says(refused("2 8 1 10", kind), "'r2', 1:10, comes after 2:8"));
    CHECK(says(refused("1 1 * 2 8", kind), "'r3', 2:8, comes after without a contig"));
    CHECK(refused("1 5 1 5 2 1 * *", kind) == "no refusal");
    CHECK(refused("", kind) == "no refusal");
  }
}

TEST_CASE("an index needs a compressed file of a name") {
  const Place place;
  CHECK_THROWS_AS(place.write(sam_of("1 5"), kSam), core::UsageError);
  auto options = place.options(kBam, true);
  options.path = "-";
  sink::TemporaryFiles temporaries;
  CHECK_THROWS_AS(test::open_tagged(sam_of("1 5"), options, temporaries), core::UsageError);
}

TEST_CASE("alignments appear under their name only when they are whole") {
  for (const auto& kind : kAll) {
    const Place place;
    sink::TemporaryFiles temporaries;
    {
      const auto output = test::open_tagged(sam_of("1 5"), place.options(kind), temporaries);
      auto batch = test::read_sam(sam_of("1 5"));
      const auto scores = test::same_scores(sam_of("1 5"), {0.5, 0.5});
      output->write(batch, scores, output->format(batch, scores));
      CHECK_FALSE(fs::exists(place.out / kind.name));
      CHECK(place.files().size() == 1);
    }
    CHECK(place.files().empty());
    place.write(sam_of("1 5"), kind, false);
    CHECK(place.files() == Names{kind.name});
  }
}

TEST_CASE("alignments on a full disk are an error, not a short file") {
  std::string many;
  for (int i = 1; i < 20'000; ++i) many += "1 " + std::to_string(i % 4000 + 1) + ' ';
  const Place place;
  for (const auto& sam : {sam_of("1 5"), sam_of(many)}) {
    for (const auto& kind : kAll) {
      for (const int threads : {1, 2}) {
        auto options = place.options(kind);
        options.path = "/dev/full";
        options.threads = threads;
        const auto write = [&] {
          test::write_tagged(sam, test::same_scores(sam, {0.5, 0.5}), options);
        };
        CHECK_THROWS_AS(write(), core::OutputError);
        CHECK(says(refusal(write), "No space left on device"));
      }
    }
  }
}

TEST_CASE("a reader of alignments that has gone is no failure") {
  std::string many;
  for (int i = 1; i < 50'000; ++i) many += "1 " + std::to_string(i % 4000 + 1) + ' ';
  const Place place;
  // What is short fails only where it is closed.
  for (const auto& sam : {sam_of("1 5"), sam_of(many)}) {
    const auto scores = test::same_scores(sam, {0.5, 0.5});
    for (const auto& kind : kAll) {
      for (const int threads : {1, 2}) {
        auto options = place.options(kind);
        options.path = "-";
        options.threads = threads;
        const auto write = [&] {
          const test::BrokenStandardOutput broken;
          test::write_tagged(sam, scores, options);
        };
        CHECK_THROWS_AS(write(), core::ClosedPipe);
      }
    }
  }
}

TEST_CASE("what is given up does not look whole to the reader of a pipe") {
  const Place place;
  for (const auto& kind : {kBam, kCram, kSamGz}) {
    const auto file = place.out / kind.name;
    {
      const test::RedirectedStandardOutput redirected(file);
      sink::TemporaryFiles temporaries;
      auto options = place.options(kind);
      options.path = "-";
      const auto output = test::open_tagged(sam_of("1 5"), options, temporaries);
      auto batch = test::read_sam(sam_of("1 5"));
      const auto scores = test::same_scores(sam_of("1 5"), {0.5, 0.5});
      output->write(batch, scores, output->format(batch, scores));
    }
    const test::SamFile reopened(sam_open(file.c_str(), "r"), hts_close);
    CHECK((!reopened || hts_check_EOF(reopened.get()) != 1));
  }
}

TEST_CASE("CRAM and its reference") {
  const Place place;
  const auto with_reference = [&](const std::string& reference, const std::string& sam) {
    auto options = place.options(kCram);
    options.reference_path = reference;
    return refusal([&] { test::write_tagged(sam, test::same_scores(sam, {1, 0}), options); });
  };
  const auto sam = sam_of("1 5 2 7");
  const auto none = with_reference("", sam);
  CHECK(says(none, "name its FASTA with -f"));
  const auto file = [&](const char* name, const std::string& text) {
    return place.folder.write(name, text).string();
  };
  CHECK(says(with_reference(file("less.fa", ">1\n" + std::string(5000, 'A') + "\n"), sam),
             "a contig '2' of 300 bases"));
  CHECK(says(with_reference(file("other.fa", ">1\nACGT\n>2\nA\n"), sam), "has one of 4"));
  CHECK(says(with_reference(file("no.fa", "ACGT\n"), sam), "cannot be indexed"));
  CHECK(place.files().empty());
  // Reads without contigs need none.
  const std::string unmapped = "@RG\tID:x\nr\t4\t*\t0\t0\t*\t*\t0\t0\tACGT\t*\tRG:Z:x\n";
  CHECK(with_reference("", unmapped) == "no refusal");
  CHECK(test::read_back((place.out / "r.cram").string()).reads ==
        Names{"r\t4\t*\t0\t0\t*\t*\t0\t0\tACGT\t*\tvl:Z:no\tvs:f:1\tvp:B:f,1,0\tRG:Z:x"});
  CHECK(with_reference(place.reference, sam) == "no refusal");
}

TEST_CASE("a CRAM's reference in a folder that cannot be written needs no index beside it") {
  const Place place;
  const auto folder = place.folder.path() / "readonly";
  fs::create_directory(folder);
  const auto reference = folder / "ref.fa";
  fs::copy(place.reference, reference);
  fs::permissions(folder, fs::perms::owner_read | fs::perms::owner_exec);
  auto options = place.options(kCram, true);
  options.reference_path = reference.string();
  const auto sam = sam_of("1 5 2 7");
  CHECK_NOTHROW(test::write_tagged(sam, test::same_scores(sam, {1, 0}), options));
  fs::permissions(folder, fs::perms::owner_all);
  CHECK(test::read_back(options.path, place.reference).reads.size() == 2);
}

TEST_CASE("positions that only SAM can hold") {
  const auto sam = sam_of("1 5 1 3000000000", "4000000000");
  const Place place;
  CHECK(says(refusal([&] { place.write(sam, kBam, false); }), "read 'r2'"));
  CHECK(says(refusal([&] { place.write(sam, kCram, false); }), "contig '1' is longer than CRAM"));
  CHECK(place.files().empty());
  place.write(sam, kSamGz);
  CHECK(count((place.out / kSamGz.name).string(), "", "1:3000000000-3000000000") == 1);
}

TEST_CASE("a name that looks like a URL is that of a file") {
  const auto before = fs::current_path();
  for (const auto& kind : kIndexed) {
    const Place place;
    fs::current_path(place.out);
    auto options = place.options(kind, true);
    options.path = std::string("s3:") + kind.name;
    const auto sam = sam_of("1 5");
    CHECK_NOTHROW(test::write_tagged(sam, test::same_scores(sam, {1, 0}), options));
    CHECK(place.files().size() == 2);
    CHECK(fs::exists(options.path));
    fs::current_path(before);
  }
}

#include <htslib/bgzf.h>

#include <random>

#include "catch.hpp"
#include "sink/tagged_alignments.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using sink::AlignmentFormat;
using sink::AlignmentOutputOptions;
using test::Scores;

namespace {

const std::string genome =
    ">chr1 first\nACGTTGCAACGGTACCATTTGCAGACTGAC\nGATTACAGGCATCGATTTACGGAACTTGCA\n"
    ">HLA-A*01:01\nTTGACCATGGCATTACGGAC\n";

const std::string header =
    "@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:chr1\tLN:60\tAS:x\n@SQ\tSN:HLA-A*01:01\tLN:20\n"
    "@RG\tID:g1\tSM:s\n@PG\tID:bwa\tPN:bwa\tVN:1\n@PG\tID:sort\tPN:samtools\tPP:bwa\n"
    "@CO\tfree text, kept\n";

/// Reads of every kind that a file may hold.
const std::string reads =
    "a\t99\tchr1\t1\t60\t4S10M2I5M\t=\t30\t40\tNNNNACGTTGCAACAAGGTAC\tABCDEFGHIJKLMNOPQRSTU\t"
    "RG:Z:g1\tXA:A:c\tXI:i:-70000\tXU:i:4000000000\tXF:f:0.5\tXH:H:1AE3\tXB:B:s,-3,500\n"
    "b\t0\tchr1\t7\t0\t3M5D4M\t*\t0\t0\t*\t*\n"
    "c\t272\tchr1\t9\t255\t5H8M\t*\t0\t0\tACGGTACC\t*\tRG:Z:g1\n"
    "a\t147\tchr1\t30\t60\t10M\t=\t1\t-40\t==CMRSVTWY\tIIIIIIIIII\tRG:Z:g1\n"
    "d\t73\tHLA-A*01:01\t3\t9\t6M\t=\t3\t0\tGACCAT\t!!!!!~\n"
    "d\t133\tHLA-A*01:01\t3\t0\t*\t=\t3\t0\tACGTACGT\tIIIIIIII\n"
    "e/ü\t4\t*\t0\t0\t*\t*\t0\t0\tACGTNACGT\tIIIIIIIII\n"
    "f\t4\t*\t0\t0\t*\t*\t0\t0\t*\t*\tXX:Z:\n";

const Scores scores = {test::score_of({0.25, 0.75}), test::score_of({}),
                       test::score_of({0.5, 0.5}),   test::score_of({1, 0}),
                       test::score_of({0, 1}),       test::score_of({}),
                       test::score_of({0.1, 0.9}),   test::score_of({0.999996, 0.000004})};

const std::vector<std::string> tags = {
    "vl:Z:y s vs:f:0.75 vp:B:f,0.25,0.75", "",
    "vl:Z:no vs:f:0.5 vp:B:f,0.5,0.5",     "vl:Z:no vs:f:1 vp:B:f,1,0",
    "vl:Z:y s vs:f:1 vp:B:f,0,1",          "",
    "vl:Z:y s vs:f:0.9 vp:B:f,0.1,0.9",    "vl:Z:no vs:f:0.999996 vp:B:f,0.999996,4e-06"};

struct Kind {
  const char* name;
  AlignmentFormat format;
  bool compressed;
};
const std::vector<Kind> kinds = {{"out.sam", AlignmentFormat::sam, false},
                                 {"out.sam.gz", AlignmentFormat::sam, true},
                                 {"out.bam", AlignmentFormat::bam, false},
                                 {"out.cram", AlignmentFormat::cram, false}};

/// What HTSlib alone makes of SAM text in a format, as SAM text.
std::vector<std::string> as_htslib(const test::TemporaryFolder& folder, const std::string& sam,
                                   const char* mode, const std::string& reference) {
  const auto path = (folder.path() / "htslib").string();
  const auto batch = test::read_sam(sam);
  const hts::AlignmentHeaderHandle copy(sam_hdr_dup(batch.header.get()));
  {
    const test::SamFile file(sam_open(path.c_str(), mode), hts_close);
    hts_set_fai_filename(file.get(), reference.c_str());
    REQUIRE(sam_hdr_write(file.get(), copy.get()) == 0);
    for (const auto& read : std::get<0>(batch.records)) {
      REQUIRE(sam_write1(file.get(), copy.get(), read.handle()) >= 0);
    }
  }
  return test::read_back(path, reference).reads;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

hts::AlignmentHeaderHandle header_of(const std::string& path) {
  const test::SamFile file(sam_open(path.c_str(), "r"), hts_close);
  return hts::AlignmentHeaderHandle(sam_hdr_read(file.get()));
}

}  // namespace

TEST_CASE("tags of alignments, and nothing but them, in every format") {
  const test::TemporaryFolder folder;
  const auto reference = folder.write("ref.fa", genome).string();
  for (const auto& kind : kinds) {
    INFO(kind.name);
    const auto path = (folder.path() / kind.name).string();
    test::write_tagged(header + reads, scores,
                       {.path = path,
                        .format = kind.format,
                        .compressed = kind.compressed,
                        .threads = 2,
                        .reference_path = reference});
    const auto back = test::read_back(path, reference);
    // CRAM keeps what it can keep, whoever writes it.
    const auto expected = kind.format == AlignmentFormat::cram
                              ? as_htslib(folder, header + reads, "wc", reference)
                              : lines_of(reads);
    REQUIRE(back.reads.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      CHECK(test::without_tags(back.reads[i]) == expected[i]);
      CHECK(test::tags_of(back.reads[i]) == tags[i]);
    }
    if (kind.format != AlignmentFormat::cram) CHECK(back.header == header);
  }
}

TEST_CASE("the file of a format is of that format") {
  const test::TemporaryFolder folder;
  const auto reference = folder.write("ref.fa", genome).string();
  for (const auto& kind : kinds) {
    const auto path = (folder.path() / kind.name).string();
    test::write_tagged(header + reads, scores,
                       {.path = path,
                        .format = kind.format,
                        .compressed = kind.compressed,
                        .reference_path = reference});
    const test::SamFile file(sam_open(path.c_str(), "r"), hts_close);
    const auto* const format = hts_get_format(file.get());
    CHECK(format->format == (kind.format == AlignmentFormat::sam   ? sam
                             : kind.format == AlignmentFormat::bam ? bam
                                                                   : cram));
    CHECK((format->compression == bgzf) ==
          (kind.compressed || kind.format == AlignmentFormat::bam));
    CHECK(hts_check_EOF(file.get()) ==
          (kind.format == AlignmentFormat::sam && !kind.compressed ? 3 : 1));
  }
}

TEST_CASE("the program's line goes behind the last, and nothing else of the header changes") {
  const test::TemporaryFolder folder;
  const auto written = [&](const std::string& head, AlignmentFormat format,
                           const std::string& command) {
    const auto path = (folder.path() / "out").string();
    test::write_tagged(
        head, {}, {.path = path, .format = format, .program_version = "1.2", .command = command});
    return test::read_back(path).header;
  };
  for (const auto format : {AlignmentFormat::sam, AlignmentFormat::bam}) {
    auto expected = header;
    const std::string line =
        "@PG\tID:vio-annotate\tPN:vio-annotate\tPP:sort\tVN:1.2\tCL:vio-annotate -o 'a b' x\n";
    expected.insert(expected.find("@CO"), line);
    CHECK(written(header, format, "vio-annotate -o 'a\tb' x") == expected);
    // A second time it follows itself.
    const auto twice = written(expected, format, "");
    CHECK(twice.find("@PG\tID:vio-annotate.1\tPN:vio-annotate\tPP:vio-annotate\tVN:1.2\n") !=
          std::string::npos);
    CHECK(twice.find(line) != std::string::npos);
    // Of a file without any header.
    CHECK(written("", format, "c") == "@PG\tID:vio-annotate\tPN:vio-annotate\tVN:1.2\tCL:c\n");
  }
}

TEST_CASE("contigs that only BAM's binary header has are declared") {
  const test::TemporaryFolder folder;
  // As a BAM without text has them: in the table of targets only.
  const auto bam_path = (folder.path() / "bare.bam").string();
  {
    const std::unique_ptr<BGZF, int (*)(BGZF*)> file(bgzf_open(bam_path.c_str(), "w"), bgzf_close);
    const std::string bytes("BAM\1\2\0\0\0\0\0\1\0\0\0\5\0\0\0chr9\0\x10\0\0\0", 27);
    REQUIRE(bgzf_write(file.get(), bytes.data(), bytes.size()) == 27);
  }
  const auto read = header_of(bam_path);
  for (const std::string version : {"", "7"}) {
    sink::TemporaryFiles temporaries;
    const auto path = (folder.path() / "out").string();
    const AlignmentOutputOptions options{
        .path = path, .format = AlignmentFormat::sam, .program_version = version};
    sink::open_alignment_output(options, *read, {"a"}, temporaries)->finish();
    const auto line = version.empty() ? "" : "@PG\tID:vio-annotate\tPN:vio-annotate\tVN:7\n";
    CHECK(test::read_bytes(path) == std::string("@SQ\tSN:chr9\tLN:16\n") + line);
  }
}

TEST_CASE("a header that HTSlib does not understand is copied, but gets no line") {
  const std::string odd = "@HD\tVN:1.6\n@CO no tab\n@CO\n@SQ\tSN:c\tLN:9\n";
  const test::TemporaryFolder folder;
  const auto read = header_of(folder.write("odd.sam", odd));
  for (const auto format : {AlignmentFormat::sam, AlignmentFormat::bam}) {
    AlignmentOutputOptions options{.path = (folder.path() / "out").string(), .format = format};
    sink::TemporaryFiles temporaries;
    sink::open_alignment_output(options, *read, {"a"}, temporaries)->finish();
    CHECK(test::read_back(options.path).header == odd);
    options.program_version = "1";
    CHECK_THROWS_AS(sink::open_alignment_output(options, *read, {"a"}, temporaries),
                    core::InputError);
  }
}

TEST_CASE("tags of an earlier run are replaced, or go") {
  const std::string again =
      header +
      "a\t4\t*\t0\t0\t*\t*\t0\t0\tACGT\t*\tvl:Z:old\tXX:i:1\tvs:i:7\tvp:B:c,1,2,3\tYY:Z:z\n"
      "b\t4\t*\t0\t0\t*\t*\t0\t0\tA\t*\tvp:Z:x\tvs:f:0.5\tvl:A:o\tvL:Z:not ours\n";
  const test::TemporaryFolder folder;
  for (const auto& kind : kinds) {
    if (kind.format == AlignmentFormat::cram) continue;
    const auto path = (folder.path() / kind.name).string();
    test::write_tagged(again, {test::score_of({0.25, 0.75}), test::score_of({})},
                       {.path = path, .format = kind.format, .compressed = kind.compressed});
    CHECK(test::read_back(path).reads ==
          std::vector<std::string>{
              "a\t4\t*\t0\t0\t*\t*\t0\t0\tACGT\t*\tXX:i:1\tYY:Z:z\tvl:Z:y s\tvs:f:0.75\t"
              "vp:B:f,0.25,0.75",
              "b\t4\t*\t0\t0\t*\t*\t0\t0\tA\t*\tvL:Z:not ours"});
  }
}

TEST_CASE("every printed probability is the float that is nearest to it") {
  std::mt19937 random(5);
  std::uniform_int_distribution<int> millionths(0, 1'000'000);
  std::string sam = header;
  Scores random_scores;
  for (int i = 0; i < 200; ++i) {
    sam += "r\t4\t*\t0\t0\t*\t*\t0\t0\tA\t*\n";
    const double p = millionths(random) / 1e6;
    random_scores.push_back(test::score_of({p, 1 - p}));
  }
  const test::TemporaryFolder folder;
  const auto path = (folder.path() / "out.bam").string();
  test::write_tagged(sam, random_scores, {.path = path});
  const test::SamFile file(sam_open(path.c_str(), "r"), hts_close);
  const hts::AlignmentHeaderHandle head(sam_hdr_read(file.get()));
  const hts::AlignmentRecord read;
  for (const auto& score : random_scores) {
    REQUIRE(sam_read1(file.get(), head.get(), read.handle()) >= 0);
    const auto* const vp = bam_aux_get(read.handle(), "vp");
    const auto* const vs = bam_aux_get(read.handle(), "vs");
    REQUIRE(bam_auxB_len(vp) == 2);
    for (std::uint32_t i = 0; i < 2; ++i) {
      const auto expected = std::stof(std::to_string(score.probabilities[i]) + "e-6");
      CHECK(static_cast<float>(bam_auxB2f(vp, i)) == expected);
    }
    CHECK(bam_aux2f(vs) == std::max(bam_auxB2f(vp, 0), bam_auxB2f(vp, 1)));
  }
}

TEST_CASE("the bytes do not depend on threads") {
  std::string sam = header;
  for (int i = 0; i < 30'000; ++i) {
    sam.append("read").append(std::to_string(i * 7919 % 1000));
    sam.append("\t0\tchr1\t").append(std::to_string(1 + i / 600)).append("\t9\t5M\t*\t0\t0\tACG");
    sam.append(i % 3 == 0 ? "TT" : "GA").append("\tABCDE\tXI:i:").append(std::to_string(i % 77));
    sam += '\n';
  }
  const auto all = test::same_scores(sam, {0.25, 0.75});
  const test::TemporaryFolder folder;
  const auto reference = folder.write("ref.fa", genome).string();
  for (const auto& kind : kinds) {
    const auto bytes = [&](int threads) {
      const auto path = folder.path() / kind.name;
      test::write_tagged(sam, all,
                         {.path = path.string(),
                          .format = kind.format,
                          .compressed = kind.compressed,
                          .threads = threads,
                          .reference_path = reference});
      return test::read_bytes(path);
    };
    const auto one = bytes(1);
    CHECK(one.size() > 10'000);
    CHECK((bytes(4) == one));
  }
}

#include <htslib/tbx.h>
#include <htslib/vcf.h>

#include <filesystem>
#include <iterator>

#include "catch.hpp"
#include "sink/annotated_variants.hpp"
#include "support/standard_output.hpp"
#include "support/temporary_folder.hpp"
#include "vio/core/error.hpp"

using namespace vio;
namespace fs = std::filesystem;
using sink::VariantFormat;
using test::Output;

namespace {

constexpr auto kFormats = {VariantFormat::table, VariantFormat::compressed_table,
                           VariantFormat::vcf,   VariantFormat::compressed_vcf,
                           VariantFormat::bcf,   VariantFormat::uncompressed_bcf};

std::string vcf_of(const std::string& places, const std::string& length = "") {
  std::string vcf = "##fileformat=VCFv4.2\n##contig=<ID=1" + length +
                    ">\n##contig=<ID=2>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n";
  std::istringstream text(places);
  for (std::string contig, position; text >> contig >> position;) {
    vcf.append(contig).append("\t").append(position).append("\t.\tA\tC\t.\t.\t.\n");
  }
  return vcf;
}

void score_all(annotate::ScoredVariants& batch) {
  for (std::size_t i = 0; i < batch.encoded.batch.records.size(); ++i) {
    test::add_scores(batch, {0.75F, 0.25F}, {{.probabilities = {0.5F, 0.5F}}});
  }
}

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

using Iterator = std::unique_ptr<hts_itr_t, decltype(&hts_itr_destroy)>;

/// Lines that overlap an interval (0-based), by the tabix index.
std::size_t count_by_tabix(const std::string& path, const std::string& index, const char* contig,
                           std::int64_t begin, std::int64_t end) {
  const std::unique_ptr<htsFile, int (*)(htsFile*)> file(hts_open(path.c_str(), "r"), hts_close);
  const std::unique_ptr<tbx_t, void (*)(tbx_t*)> tabix(tbx_index_load2(path.c_str(), index.c_str()),
                                                       tbx_destroy);
  REQUIRE(tabix);
  const Iterator found(tbx_itr_queryi(tabix.get(), tbx_name2id(tabix.get(), contig), begin, end),
                       hts_itr_destroy);
  kstring_t line{0, 0, nullptr};
  std::size_t count = 0;
  while (tbx_itr_next(file.get(), tabix.get(), found.get(), &line) >= 0) ++count;
  ks_free(&line);
  return count;
}

std::size_t count_by_bcf(const std::string& path, const char* contig, std::int64_t begin,
                         std::int64_t end) {
  const std::unique_ptr<htsFile, int (*)(htsFile*)> file(hts_open(path.c_str(), "r"), hts_close);
  const hts::VariantHeader header(hts::VariantHeaderHandle(bcf_hdr_read(file.get())));
  const std::unique_ptr<hts_idx_t, void (*)(hts_idx_t*)> index(bcf_index_load(path.c_str()),
                                                               hts_idx_destroy);
  REQUIRE(index);
  const Iterator found(
      bcf_itr_queryi(index.get(), bcf_hdr_name2id(header.handle(), contig), begin, end),
      hts_itr_destroy);
  const hts::VariantRecord record;
  std::size_t count = 0;
  while (bcf_itr_next(file.get(), found.get(), record.handle()) >= 0) ++count;
  return count;
}

}  // namespace

TEST_CASE("an index comes with every format that can have one") {
  const test::TemporaryFolder folder;
  const auto vcf = vcf_of("1 0 1 5 1 5 1 100 2 7 2 70000");
  const auto path = [&](const char* name) { return (folder.path() / name).string(); };
  const auto write = [&](const std::string& file, VariantFormat format) {
    test::write_annotated(vcf, score_all, {.path = file, .format = format, .write_index = true});
  };
  for (const auto& [name, format] : {std::pair{"t.tsv.gz", VariantFormat::compressed_table},
                                     std::pair{"v.vcf.gz", VariantFormat::compressed_vcf}}) {
    const auto file = path(name);
    INFO(file);
    write(file, format);
    CHECK(count_by_tabix(file, file + ".tbi", "1", 4, 5) == 2);
    CHECK(count_by_tabix(file, file + ".tbi", "1", 5, 1000) == 1);
    CHECK(count_by_tabix(file, file + ".tbi", "2", 0, 100'000) == 2);
  }
  const auto file = path("b.bcf");
  write(file, VariantFormat::bcf);
  CHECK(count_by_bcf(file, "1", 4, 5) == 2);
  CHECK(count_by_bcf(file, "2", 10, 100'000) == 1);
  CHECK(fs::exists(file + ".csi"));
  CHECK(files_in(folder.path()) == 6);
}

TEST_CASE("a contig too long for TBI, by position or by declaration, gets a CSI index") {
  for (const auto& vcf : {vcf_of("1 5 1 600000000"), vcf_of("1 5", ",length=600000000")}) {
    const test::TemporaryFolder folder;
    const auto file = (folder.path() / "v.vcf.gz").string();
    test::write_annotated(
        vcf, score_all,
        {.path = file, .format = VariantFormat::compressed_vcf, .write_index = true});
    CHECK_FALSE(fs::exists(file + ".tbi"));
    CHECK(count_by_tabix(file, file + ".csi", "1", 4, 5) == 1);
    CHECK(files_in(folder.path()) == 2);
  }
}

TEST_CASE("an index that an earlier run left does not outlive the file that it was of") {
  const test::TemporaryFolder folder;
  const auto file = (folder.path() / "v.vcf.gz").string();
  const auto write = [&](const std::string& vcf, VariantFormat format) {
    test::write_annotated(vcf, score_all, {.path = file, .format = format, .write_index = true});
  };
  const auto kinds = [&] {
    std::string found;
    for (const auto* const suffix : {".tbi", ".csi"}) {
      if (fs::exists(file + suffix)) found += suffix;
    }
    return found;
  };
  const auto is_long = vcf_of("1 5 1 600000000");
  write(vcf_of("1 5"), VariantFormat::compressed_vcf);
  CHECK(kinds() == ".tbi");
  write(is_long, VariantFormat::compressed_vcf);
  CHECK(kinds() == ".csi");
  write(vcf_of("1 5"), VariantFormat::compressed_vcf);
  CHECK(kinds() == ".tbi");
  write(vcf_of("1 5"), VariantFormat::bcf);
  CHECK(kinds() == ".csi");
  write(vcf_of("1 5"), VariantFormat::compressed_table);
  CHECK(kinds() == ".tbi");
  // A run that fails leaves what is there.
  CHECK_THROWS_AS(write(vcf_of("1 600000000 1 4"), VariantFormat::compressed_vcf),
                  core::InputError);
  CHECK(kinds() == ".tbi");
  CHECK(files_in(folder.path()) == 2);
}

TEST_CASE("what is not sorted cannot be indexed: nothing is left, and the place is named") {
  const auto refusal = [](const std::string& places, VariantFormat format) -> std::string {
    const test::TemporaryFolder folder;
    const auto write = [&](bool write_index) {
      test::write_annotated(vcf_of(places), score_all,
                            {.path = (folder.path() / "v.gz").string(),
                             .format = format,
                             .write_index = write_index});
    };
    try {
      write(true);
    } catch (const core::InputError& error) {
      CHECK(files_in(folder.path()) == 0);
      CHECK_NOTHROW(write(false));
      return error.what();
    }
    return "no refusal";
  };
  for (const auto format :
       {VariantFormat::compressed_table, VariantFormat::compressed_vcf, VariantFormat::bcf}) {
    const auto backwards = refusal("1 5 1 4", format);
    CHECK(backwards.find("'1' 4 comes after 5") != std::string::npos);
    CHECK(backwards.find("bcftools sort") != std::string::npos);
    CHECK(refusal("1 5 2 4 1 6", format).find("'1' comes a second time, at 6") !=
          std::string::npos);
    CHECK(refusal("2 5 1 1 1 1", format) == "no refusal");
  }
}

TEST_CASE("an index needs a compressed file") {
  const test::TemporaryFolder folder;
  sink::TemporaryFiles temporaries;
  const Output input(vcf_of("1 5"), score_all);
  const auto file = (folder.path() / "v").string();
  CHECK_THROWS_AS(
      input.open({.path = file, .format = VariantFormat::vcf, .write_index = true}, temporaries),
      core::UsageError);
  CHECK_THROWS_AS(
      input.open({.path = "-", .format = VariantFormat::bcf, .write_index = true}, temporaries),
      core::UsageError);
}

TEST_CASE("variants appear under their name only when they are whole") {
  for (const auto format : kFormats) {
    const test::TemporaryFolder folder;
    sink::TemporaryFiles temporaries;
    Output input(vcf_of("1 5"), score_all);
    const auto file = folder.path() / "v";
    {
      const auto output = input.open({.path = file.string(), .format = format}, temporaries);
      const auto text = output->format(input.batch());
      output->write(input.batch(), text);
      CHECK_FALSE(fs::exists(file));
      CHECK(files_in(folder.path()) == 1);
    }
    CHECK(files_in(folder.path()) == 0);
    test::write_annotated(vcf_of("1 5"), score_all, {.path = file.string(), .format = format});
    CHECK(files_in(folder.path()) == 1);
    CHECK(fs::file_size(file) > 0);
  }
}

TEST_CASE("variants on a full disk are an error, not a short file") {
  for (const auto format : kFormats) {
    for (const int threads : {1, 2}) {
      CHECK_THROWS_AS(
          test::write_annotated(vcf_of("1 5"), score_all,
                                {.path = "/dev/full", .format = format, .threads = threads}),
          core::OutputError);
    }
  }
}

TEST_CASE("a reader of standard output that has gone is no failure") {
  std::string places;
  for (int i = 1; i < 20'000; ++i) places += "1 " + std::to_string(i) + '\n';
  // What is short fails only where it is closed.
  for (const auto& vcf : {vcf_of("1 5"), vcf_of(places)}) {
    for (const auto format : kFormats) {
      for (const int threads : {1, 2}) {
        const auto write = [&] {
          const test::BrokenStandardOutput broken;
          test::write_annotated(vcf, score_all,
                                {.path = "-", .format = format, .threads = threads});
        };
        CHECK_THROWS_AS(write(), core::ClosedPipe);
      }
    }
  }
}

#include "vio/sink/variant_output.hpp"

#include <deque>
#include <map>
#include <thread>

#include "catch.hpp"
#include "sink/annotated_variants.hpp"
#include "support/temporary_folder.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using core::Status;
using sink::VariantFormat;
using test::Annotation;
using test::Output;

namespace {

/// What a file of many kinds of columns looks like; a record of each kind of end.
const std::string full_vcf =
    "##fileformat=VCFv4.2\n"
    "##FILTER=<ID=PASS,Description=\"All filters passed\">\n"
    "##FILTER=<ID=q10,Description=\"Quality below 10\">\n"
    "##INFO=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">\n"
    "##INFO=<ID=AF,Number=A,Type=Float,Description=\"Frequency\">\n"
    "##INFO=<ID=DB,Number=0,Type=Flag,Description=\"Known\">\n"
    "##INFO=<ID=END,Number=1,Type=Integer,Description=\"End\">\n"
    "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n"
    "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Depths\">\n"
    "##contig=<ID=chr1,length=1000>\n"
    "##contig=<ID=HLA-A*01:01,length=500>\n"
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ts1\ts2\n"
    "chr1\t10\trs1;rs2\tA\tC,<DEL>,G\t29.5\tPASS\tDP=3;AF=0.5,.,0.25;DB\tGT:AD\t0|1:1,2,0,0\t./.:"
    ".\n"
    "chr1\t20\t.\tac\tg\t.\tq10\t.\tGT\t0/0\t1\n"
    "chr1\t30\t.\tG\t.\t.\t.\tDP=7\tGT\t0\t0\n"
    "HLA-A*01:01\t5\tx\tT\tTA\t3\tPASS\tEND=6\tGT:AD\t0/1:4,5\t1/1:.,6\n";

Annotation annotation_of_full_vcf() {
  return [](annotate::ScoredVariants& batch) {
    test::add_scores(batch, {0.75F, 0.25F},
                     {{.probabilities = {0.5F, 0.5F}, .edge = true},
                      {.status = Status::symbolic},
                      {.probabilities = {0.875F, 0.125F}}});
    test::add_scores(batch, {1.0F, 0.0F}, {{.probabilities = {0.9F, 0.1F}}});
    test::add_scores(batch, {}, {{.status = Status::no_alt}});
    test::add_scores(batch, {0.0F, 1.0F}, {{.probabilities = {0.000004F, 0.999996F}}});
  };
}

std::vector<std::string> infos(const std::string& vcf) {
  std::vector<std::string> infos;
  for (const auto& line : test::record_lines(vcf)) infos.push_back(test::columns(line).at(7));
  return infos;
}

}  // namespace

TEST_CASE("the tags of a VCF") {
  const auto written = test::annotated(full_vcf, annotation_of_full_vcf(), {.all_classes = true});
  CHECK(infos(written) ==
        std::vector<std::string>{
            "DP=3;AF=0.5,.,0.25;DB;VIO_TOP=no,no,.,no;VIO_CLASS=y%20s,.,y%20s;"
            "VIO_PREF=0.25,.,0.25;VIO_PALT=0.5,.,0.125;VIO_DELTA=0.25,.,-0.125;"
            "VIO_FLAGS=EDGE,.,.;VIO_STATUS=OK,SYMBOLIC,OK;"
            "VIO_PROBS=0.750000|0.250000,0.500000|0.500000,.,0.875000|0.125000",
            "VIO_TOP=no,no;VIO_CLASS=y%20s;VIO_PREF=0;VIO_PALT=0.1;VIO_DELTA=0.1;VIO_STATUS=OK;"
            "VIO_PROBS=1.000000|0.000000,0.900000|0.100000",
            "DP=7;VIO_STATUS=NO_ALT",
            "END=6;VIO_TOP=y%20s,y%20s;VIO_CLASS=y%20s;VIO_PREF=1;VIO_PALT=0.999996;"
            "VIO_DELTA=-4e-06;VIO_STATUS=OK;"
            "VIO_PROBS=0.000000|1.000000,0.000004|0.999996"});
  CHECK(written.find("##INFO=<ID=VIO_DELTA,Number=A,Type=Float,Description=\"") !=
        std::string::npos);
}

TEST_CASE("everything but our tags stays as HTSlib writes it, in VCF and in BCF") {
  for (const auto format : {VariantFormat::vcf, VariantFormat::compressed_vcf, VariantFormat::bcf,
                            VariantFormat::uncompressed_bcf}) {
    const auto written = test::annotated(full_vcf, annotation_of_full_vcf(), {.format = format});
    CHECK(test::without_tags(written, "VIO") ==
          test::without_tags(test::as_htslib(full_vcf), "VIO"));
    CHECK(written != test::as_htslib(full_vcf));
  }
}

TEST_CASE("VCF and BCF say the same") {
  const auto vcf = test::annotated(full_vcf, annotation_of_full_vcf(), {.all_classes = true});
  for (const auto format :
       {VariantFormat::compressed_vcf, VariantFormat::bcf, VariantFormat::uncompressed_bcf}) {
    CHECK(test::annotated(full_vcf, annotation_of_full_vcf(),
                          {.format = format, .all_classes = true}) == vcf);
  }
}

TEST_CASE("the table of variants") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "out.tsv";
  test::write_annotated(full_vcf, annotation_of_full_vcf(),
                        {.path = file.string(), .format = VariantFormat::table});
  CHECK(test::read_bytes(file) ==
        "#chrom\tpos\tid\tref\talt\tref_label\talt_label\tclass\tp_ref\tp_alt\tdelta\tflags\t"
        "status\n"
        "chr1\t10\trs1;rs2\tA\tC\tno\tno\ty s\t0.250000\t0.500000\t0.250000\tEDGE\tOK\n"
        "chr1\t10\trs1;rs2\tA\t<DEL>\t.\t.\t.\t.\t.\t.\t.\tSYMBOLIC\n"
        "chr1\t10\trs1;rs2\tA\tG\tno\tno\ty s\t0.250000\t0.125000\t-0.125000\t.\tOK\n"
        "chr1\t20\t.\tac\tg\tno\tno\ty s\t0.000000\t0.100000\t0.100000\t.\tOK\n"
        "chr1\t30\t.\tG\t.\t.\t.\t.\t.\t.\t.\t.\tNO_ALT\n"
        "HLA-A*01:01\t5\tx\tT\tTA\ty s\ty s\ty s\t1.000000\t0.999996\t-0.000004\t.\tOK\n");
}

TEST_CASE("annotating twice replaces, and writes what annotating once does") {
  const auto once = test::annotated(full_vcf, annotation_of_full_vcf(), {.all_classes = true});
  CHECK(test::annotated(once, annotation_of_full_vcf(), {.all_classes = true}) == once);
  CHECK(test::annotated(once, annotation_of_full_vcf(),
                        {.format = VariantFormat::bcf, .all_classes = true}) == once);
  // Without --all-classes the old probabilities would be those of another run.
  const auto fewer = test::annotated(once, annotation_of_full_vcf(), {});
  CHECK(fewer.find("VIO_PROBS") == std::string::npos);
  CHECK(fewer == test::annotated(full_vcf, annotation_of_full_vcf(), {}));
}

TEST_CASE("an earlier run's tags go, whatever their type and whether declared or not") {
  const std::string old =
      "##fileformat=VCFv4.2\n"
      "##INFO=<ID=VIO_DELTA,Number=1,Type=String,Description=\"of another type\">\n"
      "##INFO=<ID=VIO_STATUS,Number=0,Type=Flag,Description=\"likewise\">\n"
      "##INFO=<ID=VIO_OTHER,Number=1,Type=Integer,Description=\"not ours\">\n"
      "##contig=<ID=1>\n"
      "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
      "1\t5\t.\tA\tC\t.\t.\tVIO_DELTA=much;VIO_STATUS;VIO_OTHER=4;VIO_FLAGS=EDGE;VIO_PROBS=x|y\n"
      "1\t6\t.\tA\t<X>\t.\t.\tVIO_DELTA=little;VIO_TOP=a,b\n";
  const Annotation annotation = [](annotate::ScoredVariants& batch) {
    test::add_scores(batch, {0.75F, 0.25F}, {{.probabilities = {0.5F, 0.5F}}});
    test::add_scores(batch, {}, {{.status = Status::symbolic}});
  };
  for (const auto format : {VariantFormat::vcf, VariantFormat::bcf}) {
    const auto written = test::annotated(old, annotation, {.format = format});
    for (const auto& info : infos(written)) {
      INFO(info);
      CHECK(info.find("much") == std::string::npos);
      CHECK(info.find("little") == std::string::npos);
      CHECK(info.find("VIO_PROBS") == std::string::npos);
      CHECK(info.find("VIO_FLAGS") == std::string::npos);
    }
    CHECK(infos(written)[0].find("VIO_DELTA=0.25") != std::string::npos);
    CHECK(infos(written)[0].find("VIO_STATUS=OK") != std::string::npos);
    CHECK(infos(written)[0].find("VIO_OTHER=4") != std::string::npos);
    CHECK(infos(written)[1] == "VIO_STATUS=SYMBOLIC");
    CHECK(written.find("of another type") == std::string::npos);
    CHECK(written.find("not ours") != std::string::npos);
  }
}

TEST_CASE("two prefixes stand side by side") {
  const auto first = test::annotated(full_vcf, annotation_of_full_vcf(), {});
  const auto both = test::annotated(first, annotation_of_full_vcf(), {.tag = "M2"});
  CHECK(test::without_tags(both, "M2") == first);
  CHECK(infos(both)[2] == "DP=7;VIO_STATUS=NO_ALT;M2_STATUS=NO_ALT");
}

TEST_CASE("what the header does not declare: VCF holds it, BCF cannot") {
  const std::string header =
      "##fileformat=VCFv4.2\n##contig=<ID=1>\n##FORMAT=<ID=GT,Number=1,Type=String,Description="
      "\"Genotype\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ts\n";
  const Annotation annotation = [](annotate::ScoredVariants& batch) {
    for (std::size_t i = 0; i < batch.encoded.batch.records.size(); ++i) {
      test::add_scores(batch, {0.75F, 0.25F}, {{.probabilities = {0.5F, 0.5F}}});
    }
  };
  const std::string fine = "1\t5\t.\tA\tC\t.\t.\t.\tGT\t0/1\n";
  for (const std::string line :
       {"1\t6\t.\tA\tC\t.\t.\tNEW=1\tGT\t0/1\n", "1\t6\t.\tA\tC\t.\tnew\t.\tGT\t0/1\n",
        "1\t6\t.\tA\tC\t.\t.\t.\tGT:NEW\t0/1:3\n", "2\t6\t.\tA\tC\t.\t.\t.\tGT\t0/1\n",
        "1\t6\t.\tA\tC\t.\t.\tGT=1\tGT\t0/1\n"}) {
    INFO(line);
    const auto unusual = std::string(header).append(fine).append(line);
    const auto twice = std::string(header).append(line).append(line);
    CHECK_NOTHROW(test::annotated(header + fine, annotation, {.format = VariantFormat::bcf}));
    const auto vcf = test::annotated(unusual, annotation, {});
    CHECK(test::columns(test::record_lines(vcf).at(1)).at(7).find("VIO_TOP=no,no;") !=
          std::string::npos);
    CHECK(test::without_tags(vcf, "VIO").ends_with(fine + line));
    CHECK_THROWS_AS(test::annotated(unusual, annotation, {.format = VariantFormat::bcf}),
                    core::InputError);
    // HTSlib complains of the first record only; that one may have been outside of the regions.
    const auto first_is_dropped = [&](annotate::ScoredVariants& batch) {
      batch.encoded.batch.records.erase(batch.encoded.batch.records.begin());
      annotation(batch);
    };
    CHECK_THROWS_AS(test::annotated(twice, first_is_dropped, {.format = VariantFormat::bcf}),
                    core::InputError);
    const auto second = test::annotated(twice, first_is_dropped, {});
    CHECK(test::without_tags(second, "VIO").ends_with('\n' + line));
  }
}

TEST_CASE("numbers that BCF cannot hold are the input's fault") {
  const std::string far =
      "##fileformat=VCFv4.2\n##contig=<ID=1>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
      "1\t5000000000\t.\tA\tC\t.\t.\t.\n";
  const Annotation annotation = [](annotate::ScoredVariants& batch) {
    test::add_scores(batch, {0.75F, 0.25F}, {{.probabilities = {0.5F, 0.5F}}});
  };
  CHECK_NOTHROW(test::annotated(far, annotation, {}));
  CHECK_THROWS_AS(test::annotated(far, annotation, {.format = VariantFormat::bcf}),
                  core::InputError);
}

TEST_CASE("threads do not change the bytes") {
  std::string vcf = full_vcf.substr(0, full_vcf.find("chr1\t10"));
  for (int i = 1; i < 20'000; ++i) {
    vcf += "chr1\t" + std::to_string(i) + "\t.\tA\tC\t.\t.\tDP=" + std::to_string(i * 7919 % 1000) +
           "\tGT\t0\t1\n";
  }
  const Annotation annotation = [](annotate::ScoredVariants& batch) {
    for (std::size_t i = 0; i < batch.encoded.batch.records.size(); ++i) {
      const auto p = static_cast<float>(i % 101) / 101.0F;
      test::add_scores(batch, {p, 1 - p}, {{.probabilities = {1 - p, p}}});
    }
  };
  const test::TemporaryFolder folder;
  std::map<VariantFormat, std::size_t> sizes;
  for (const auto format : {VariantFormat::compressed_vcf, VariantFormat::bcf,
                            VariantFormat::uncompressed_bcf, VariantFormat::compressed_table}) {
    std::string bytes;
    for (const int threads : {1, 4}) {
      const auto file = (folder.path() / "out").string();
      test::write_annotated(vcf, annotation, {.path = file, .format = format, .threads = threads});
      if (threads == 1) bytes = test::read_bytes(file);
      CHECK(test::read_bytes(file) == bytes);
    }
    CHECK(bytes.size() > 100'000);  // many blocks
    sizes[format] = bytes.size();
  }
  CHECK(4 * sizes[VariantFormat::bcf] < sizes[VariantFormat::uncompressed_bcf]);
}

TEST_CASE("batches are formatted in any thread") {
  const test::TemporaryFolder folder;
  sink::TemporaryFiles temporaries;
  for (const auto format : {VariantFormat::vcf, VariantFormat::bcf}) {
    std::deque<Output> outputs;  // never moves them
    outputs.emplace_back(full_vcf, annotation_of_full_vcf());
    for (int i = 0; i < 3; ++i) outputs.push_back(outputs[0].sibling());
    const auto output =
        outputs[0].open({.path = (folder.path() / "x").string(), .format = format}, temporaries);
    std::vector<std::string> texts(outputs.size());
    {
      std::vector<std::thread> threads;
      for (std::size_t i = 0; i < outputs.size(); ++i) {
        threads.emplace_back([&, i] { texts[i] = output->format(outputs[i].batch()); });
      }
      for (auto& thread : threads) thread.join();
    }
    for (const auto& text : texts) CHECK(text == texts[0]);
    CHECK(texts[0].empty() == (format == VariantFormat::bcf));
  }
}

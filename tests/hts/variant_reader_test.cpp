#include "vio/hts/variant_reader.hpp"

#include <chrono>

#include "catch.hpp"
#include "support/variant_file.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using test::read_all;
using test::VariantKind;
using test::VariantLine;

namespace {

constexpr std::array kKinds{VariantKind::plain, VariantKind::gzip, VariantKind::bgzip,
                            VariantKind::bcf};

const std::vector<hts::ContigLine> contig_lines{{"a", 1000}, {"b", 5000}, {"HLA:1*02", 300}};

std::vector<VariantLine> some_lines() {
  std::vector<VariantLine> lines;
  lines.reserve(351);
  for (int i = 0; i < 300; ++i) lines.push_back({"b", 10 + i, "A", i % 3 == 0 ? "C,G" : "T"});
  for (int i = 0; i < 50; ++i) lines.push_back({"a", 5 + 7 * i, "ACGT", "A"});
  lines.push_back({"HLA:1*02", 7, "A", "<DEL>"});
  return lines;
}

hts::VariantReader open(const std::string& path, int threads = 1) {
  return {hts::Input(path), threads};
}

}  // namespace

TEST_CASE("the same records come from every kind of file, for any threads") {
  const test::TemporaryFolder folder;
  const auto text = test::variant_text(some_lines(), contig_lines);
  auto plain = open(test::write_variants(folder, text, VariantKind::plain));
  const auto expected = read_all(plain);
  REQUIRE(expected.size() == some_lines().size());
  CHECK(expected.front() == "b\t10\tv0\tA\tC,G\t.\t.\t.\n");
  for (const auto kind : kKinds) {
    for (const int threads : {1, 4}) {
      auto reader = open(test::write_variants(folder, text, kind), threads);
      CHECK(reader.format() == (kind == VariantKind::bcf ? "bcf" : "vcf"));
      CHECK(read_all(reader) == expected);
    }
  }
}

TEST_CASE("a compressed file cut at any byte is an error") {
  const test::TemporaryFolder folder;
  const auto text = test::variant_text({{"a", 1, "A", "C"}, {"a", 2, "A", "C"}}, contig_lines);
  for (const auto kind : {VariantKind::gzip, VariantKind::bgzip, VariantKind::bcf}) {
    const auto bytes = test::read_file(test::write_variants(folder, text, kind));
    for (std::size_t size = 18; size < bytes.size(); ++size) {
      const auto cut = test::write_file(folder.file("cut"), bytes.substr(0, size));
      INFO("cut after " << size << " of " << bytes.size() << " bytes");
      CHECK_THROWS_AS(
          [&] {
            auto reader = open(cut);
            static_cast<void>(read_all(reader));
          }(),
          core::Error);
    }
  }
}

TEST_CASE("a malformed record is an error that says where") {
  const test::TemporaryFolder folder;
  auto text = test::variant_text({{"a", 1, "A", "C"}, {"a", 22, "A", "C"}}, contig_lines);
  for (const auto* const line :
       {"a\tx\t.\tA\tC\t.\t.\t.\n", "a\t-5\t.\tA\tC\t.\t.\t.\n", "a\t3\n"}) {
    auto reader = open(test::write_file(folder.file("bad.vcf"), text + line));
    CHECK_THROWS_WITH(read_all(reader),
                      Catch::Contains("record 2 (a:22)") && Catch::Contains("malformed"));
  }
}

TEST_CASE("what a record uses undeclared gets into the header, and a copy keeps the numbers") {
  const test::TemporaryFolder folder;
  auto text = test::variant_text({{"a", 1, "A", "C"}}, contig_lines);
  text += "new\t9\t.\tA\tC\t.\tstrange\tX=1\n";
  auto reader = open(test::write_file(folder.file("new.vcf"), text));
  hts::VariantRecord record;
  REQUIRE(reader.read(record));
  CHECK_FALSE(record.is_undeclared());
  const auto before = reader.header().dictionary_size();
  REQUIRE(reader.read(record));
  CHECK(record.is_undeclared());
  CHECK(reader.header().dictionary_size() > before);
  std::string line;
  record.append_vcf(reader.header().copy(), line);
  CHECK(line == "new\t9\t.\tA\tC\t.\tstrange\tX=1\n");
}

TEST_CASE("a look at the first contig loses no record") {
  const test::TemporaryFolder folder;
  const auto text = test::variant_text({{"z", 3, "A", "C"}, {"y", 2, "A", "C"}}, {});
  auto reader = open(test::write_file(folder.file("x.vcf"), text));
  CHECK(reader.first_contig() == "z");
  CHECK_FALSE(reader.header().has_contig("z"));
  CHECK(read_all(reader) ==
        std::vector<std::string>{"z\t3\tv0\tA\tC\t.\t.\t.\n", "y\t2\tv1\tA\tC\t.\t.\t.\n"});
  auto empty = open(test::write_file(folder.file("e.vcf"), test::variant_text({}, {})));
  CHECK(empty.first_contig() == std::nullopt);
  CHECK(read_all(empty).empty());
}

TEST_CASE("an index leads to the records of an interval") {
  const test::TemporaryFolder folder;
  const auto text = test::variant_text(some_lines(), contig_lines);
  for (const auto kind : {VariantKind::bgzip, VariantKind::bcf}) {
    auto reader = open(test::write_variants(folder, text, kind, true));
    REQUIRE(reader.has_index());
    reader.load_index();
    const auto contigs = reader.indexed_contigs();
    REQUIRE(contigs.size() == 3);
    CHECK(contigs[0].name == "b");  // in the order of the file, not of the header
    CHECK(contigs[1].name == "a");
    CHECK(contigs[2].name == "HLA:1*02");
    reader.query("b", 20, 25);
    CHECK(read_all(reader).size() == 5);
    reader.query("a", 21, 22);  // the deletions at 18 (0-based: 4 + 14) reach to 21
    CHECK(read_all(reader).size() == 1);
    reader.query("HLA:1*02", 0, 1000);
    CHECK(read_all(reader).size() == 1);
    reader.query("nowhere", 0, 1000);
    CHECK(read_all(reader).empty());
    reader.query_from_start(contigs[1], 40);
    CHECK(read_all(reader).size() == 6);
  }
}

TEST_CASE("an index that is missing, stale or no index is an error") {
  const test::TemporaryFolder folder;
  const auto text = test::variant_text(some_lines(), contig_lines);
  auto plain = open(test::write_variants(folder, text, VariantKind::plain));
  CHECK_THROWS_AS(plain.load_index(), core::UsageError);
  for (const auto kind : {VariantKind::bgzip, VariantKind::bcf}) {
    const auto path = test::write_variants(folder, text, kind);
    auto without = open(path);
    CHECK_FALSE(without.has_index());
    CHECK_THROWS_WITH(without.load_index(), Catch::Contains("bcftools index"));
    const auto index = test::write_file(path + ".csi", "no index at all");
    CHECK_THROWS_AS(open(path).load_index(), core::InputError);
    std::filesystem::remove(index);
    auto stale = open(test::write_variants(folder, text, kind, true));
    const auto suffix = kind == VariantKind::bcf ? ".csi" : ".tbi";
    std::filesystem::last_write_time(
        path + suffix, std::filesystem::last_write_time(path) - std::chrono::seconds(5));
    CHECK_THROWS_WITH(stale.load_index(), Catch::Contains("is older than"));
  }
}

TEST_CASE("declarations are replaced, others stay") {
  const test::TemporaryFolder folder;
  auto text = test::variant_text({}, contig_lines);
  text.insert(text.find("#CHROM"),
              "##INFO=<ID=T,Number=1,Type=Integer,Description=\"old\">\n"
              "##other=<ID=T,What=kept>\n##mine=<ID=T,What=old>\n");
  auto reader = open(test::write_file(folder.file("x.vcf"), text));
  auto& header = reader.header();
  header.set_info({"T", "A", "Float", "with \"quotes\""});
  header.set_structured("mine", "T", "##mine=<ID=T,What=new>");
  header.add_contig({"c", 7});
  const auto written = header.copy().text();
  CHECK_THAT(written, !Catch::Contains("old"));
  CHECK_THAT(written, Catch::Contains("##other=<ID=T,What=kept>\n"));
  CHECK_THAT(written, Catch::Contains("##mine=<ID=T,What=new>\n"));
  CHECK_THAT(written, Catch::Contains("##contig=<ID=c,length=7>\n"));
  CHECK_THAT(written, Catch::Contains("##INFO=<ID=T,Number=A,Type=Float,"
                                      "Description=\"with \\\"quotes\\\"\">\n"));
}

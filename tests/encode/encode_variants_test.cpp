#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "encode/variant_bench.hpp"
#include "support/memory_source.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using core::Status;
using encode::RefMismatch;
using test::Bench;
using test::encoded;
using test::materialized;
using test::VariantLine;

namespace {

template <class Error>
std::string sentence_of(Bench& bench, const std::vector<VariantLine>& lines) {
  try {
    static_cast<void>(bench.encode(lines, RefMismatch::fail));
  } catch (const Error& error) {
    return error.what();
  }
  FAIL("no such error");
  return {};
}

std::vector<Status> statuses(const encode::EncodedVariants& found) {
  std::vector<Status> result;
  for (const auto& allele : found.alleles) result.push_back(allele.status);
  return result;
}

/// The one allele of the one record.
encode::Allele only(const encode::EncodedVariants& found) {
  REQUIRE(found.variants.size() == 1);
  REQUIRE(found.alleles.size() == 1);
  return found.alleles.front();
}

}  // namespace

TEST_CASE("REF has one window for all of its ALTs, and comes before them") {
  Bench bench({{"c", "ACGTACGTACGTACGTACGT"}}, false, 6);
  const auto found =
      bench.encode({{"c", 9, "A", "C,<DEL>,G,*"}, {"c", 9, "A", "*"}, {"c", 9, "A", "T"}});
  REQUIRE(found.windows.size() == 5);
  CHECK(found.variants[0].scored);
  CHECK(found.variants[0].ref_window == 0);
  CHECK(found.alleles[0].window == 1);
  CHECK(found.alleles[2].window == 2);
  CHECK_FALSE(found.variants[1].scored);
  CHECK(found.variants[2].ref_window == 3);
  CHECK(found.alleles[5].window == 4);
  CHECK(statuses(found) == std::vector{Status::ok, Status::symbolic, Status::ok, Status::star,
                                       Status::star, Status::ok});
  CHECK(materialized(found.windows[0]) == encoded("CGTACG"));
  CHECK(materialized(found.windows[2]) == encoded("CGTGCG"));
  CHECK_FALSE(found.windows[0].edit);
  CHECK(found.windows[1].edit);
  // One block serves them all, and the windows view it.
  REQUIRE(found.blocks.size() == 1);
  for (const auto& window : found.windows) {
    CHECK(window.block == &found.blocks.front()->block);
    CHECK_FALSE(window.reverse);
    CHECK_FALSE(window.whole);
  }
}

TEST_CASE("windows live on when the cache and the batch have moved on") {
  encode::EncodedVariants kept;
  {
    Bench bench({{"c", std::string(300, 'A') + std::string(300, 'C')}}, false, 8, 20);
    auto found = bench.encode({{"c", 300, "A", "GG"}, {"c", 301, "C", "T"}});
    static_cast<void>(
        bench.encode({{"c", 50, "A", "G"}, {"c", 100, "A", "G"}, {"c", 150, "A", "G"}}));
    kept = std::move(found);
  }
  CHECK(materialized(kept.windows[0]) == encoded("AAAAACCC"));
  CHECK(materialized(kept.windows[1]) == encoded("AAAAGGCC"));
  CHECK(materialized(kept.windows[3]) == encoded("AAAATCCC"));
}

TEST_CASE("an allele that cannot be scored has the first reason") {
  Bench bench({{"c", "ACGTACGTAC"}}, false, 6);
  const auto status = [&](const VariantLine& line) { return only(bench.encode({line})).status; };
  CHECK(status({"c", 5, "A", "C"}) == Status::ok);
  CHECK(status({"c", 10, "C", "G"}) == Status::ok);
  CHECK(status({"chrc", 5, "A", "C"}) == Status::ok);  // an alias
  CHECK(status({"c", 5, "A", "."}) == Status::no_alt);
  CHECK(status({"c", 5, "A", "*"}) == Status::star);
  CHECK(status({"c", 5, "A", "<*>"}) == Status::symbolic);
  CHECK(status({"c", 5, "A", "<NON_REF>"}) == Status::symbolic);
  CHECK(status({"c", 5, "A", "A]c:9]"}) == Status::breakend);
  CHECK(status({"d", 5, "A", "C"}) == Status::no_contig);
  CHECK(status({"c", 0, "A", "C"}) == Status::out_of_range);
  CHECK(status({"c", 11, "A", "C"}) == Status::out_of_range);
  CHECK(status({"c", 10, "CA", "C"}) == Status::out_of_range);
  CHECK(status({"c", 5, "C", "A"}) == Status::ref_mismatch);
  CHECK(status({"c", 5, ".", "A"}) == Status::ref_mismatch);
  CHECK(status({"c", 5, "ACG", "A"}) == Status::ok);
  CHECK(status({"c", 5, "ACGT", "A"}) == Status::too_long);
  CHECK(status({"c", 5, "A", "ACG"}) == Status::ok);
  CHECK(status({"c", 5, "A", "ACGT"}) == Status::too_long);
  // In the order of the reasons, where several hold.
  CHECK(status({"d", 0, "CCCCCCC", "*"}) == Status::star);
  CHECK(status({"d", 0, "CCCCCCC", "."}) == Status::no_alt);
  CHECK(status({"d", 0, "CCCCCCC", "CCCCCC"}) == Status::no_contig);
  CHECK(status({"c", 9, "CCCCCCC", "CCCCCC"}) == Status::out_of_range);
  CHECK(status({"c", 2, "CCCCCCC", "CCCCCC"}) == Status::ref_mismatch);
  CHECK(status({"c", 2, "CGTACGT", "CCCCCC"}) == Status::too_long);
  // A reason of one ALT is none of another's.
  CHECK(statuses(bench.encode({{"c", 5, "A", "ACGTA,*,C"}})) ==
        std::vector{Status::too_long, Status::star, Status::ok});
}

TEST_CASE("a record without alleles has no ALT") {
  Bench bench({{"c", "ACGTACGTAC"}}, false, 6);
  auto batch = test::variant_batch({{"c", 5, "A", "C"}});
  REQUIRE(bcf_update_alleles(batch.header->handle(), batch.records[0].handle(), nullptr, 0) == 0);
  const auto found = bench.encode(std::move(batch));
  CHECK(only(found).status == Status::no_alt);
  CHECK(bench.encode(std::vector<VariantLine>{}).variants.empty());
}

TEST_CASE("a REF longer than a block is judged before it is too long") {
  std::mt19937 random(5);
  const auto contig = test::random_text(random, 5000, "ACGT");
  Bench bench({{"c", contig}}, true, 10, 1);
  auto ref = contig.substr(100, 4000);
  CHECK(only(bench.encode({{"c", 101, ref, "A"}})).status == Status::too_long);
  ref.back() = ref.back() == 'A' ? 'C' : 'A';
  CHECK(only(bench.encode({{"c", 101, ref, "A"}})).status == Status::ref_mismatch);
  CHECK(only(bench.encode({{"c", 101, ref, "A"}}, RefMismatch::use_vcf)).status ==
        Status::too_long);
}

TEST_CASE("REF matches where sets of bases meet, in either case") {
  Bench bench({{"c", "acgtRNACGTAC"}}, false, 4);
  const auto allele = [&](const VariantLine& line) { return only(bench.encode({line})); };
  CHECK(allele({"c", 3, "G", "T"}).status == Status::ok);
  CHECK(allele({"c", 3, "g", "t"}).status == Status::ok);
  CHECK(allele({"c", 5, "A", "T"}).status == Status::ok);
  CHECK(allele({"c", 5, "G", "T"}).status == Status::ok);
  CHECK(allele({"c", 5, "C", "T"}).status == Status::ref_mismatch);
  CHECK(allele({"c", 6, "C", "T"}).status == Status::ok);
  CHECK(allele({"c", 6, "C", "T"}).unknown);
  CHECK(allele({"c", 9, "N", "T"}).status == Status::ok);
  CHECK_FALSE(allele({"c", 9, "N", "T"}).unknown);  // the reference knows the base
  CHECK(allele({"c", 9, "G", "R"}).unknown);
  CHECK_FALSE(allele({"c", 9, "G", "T"}).unknown);
}

TEST_CASE("a flag holds where REF's window or ALT's has it") {
  // Windows of 6: three positions before the allele.
  Bench bench({{"c", "ACGTACGTACNACGTAC"}}, false, 6);
  const auto flags = [&](std::int64_t pos, const std::string& ref, const std::string& alt) {
    const auto allele = only(bench.encode({{"c", pos, ref, alt}}));
    REQUIRE(allele.status == Status::ok);
    return std::string(allele.edge ? "E" : "-") + (allele.unknown ? "N" : "-");
  };
  CHECK(flags(5, "A", "C") == "--");
  CHECK(flags(3, "G", "C") == "E-");
  CHECK(flags(4, "T", "C") == "--");
  CHECK(flags(15, "T", "C") == "--");   // REF's window ends where the contig does
  CHECK(flags(15, "TA", "T") == "E-");  // nothing left to refill from
  CHECK(flags(16, "A", "C") == "E-");
  CHECK(flags(16, "A", "AT") == "E-");  // ALT's is full, REF's is not
  CHECK(flags(8, "T", "C") == "--");
  CHECK(flags(9, "A", "C") == "-N");
  CHECK(flags(8, "TA", "T") == "-N");   // only the deletion reaches the N
  CHECK(flags(9, "A", "ATT") == "-N");  // only REF reaches it
  CHECK(flags(5, "A", "N") == "-N");
  CHECK(flags(14, "G", "C") == "-N");
  CHECK(flags(2, "C", "CN") == "EN");
}

TEST_CASE("with use-vcf the REF of the VCF is scored") {
  Bench bench({{"c", "ACGTACGTACNACGTAC"}}, false, 6);
  const auto found = bench.encode({{"c", 5, "TT", "G"}, {"c", 5, "A", "G"}}, RefMismatch::use_vcf);
  REQUIRE(statuses(found) == std::vector{Status::ok, Status::ok});
  CHECK(materialized(found.windows[0]) == encoded("CGTTTG"));
  CHECK(materialized(found.windows[1]) == encoded("CGTGGT"));
  REQUIRE(found.windows[0].edit);
  CHECK(found.windows[0].edit->begin == 4);
  CHECK(found.windows[0].edit->ref_length == 2);
  CHECK_FALSE(found.windows[2].edit);
  const auto allele = [&](const VariantLine& line) {
    return only(bench.encode({line}, RefMismatch::use_vcf));
  };
  CHECK_FALSE(allele({"c", 5, "T", "G"}).unknown);
  CHECK(allele({"c", 5, "C", "G"}).status == Status::ok);
  CHECK(allele({"c", 5, "Y", "G"}).unknown);   // of REF alone
  CHECK(allele({"c", 9, "T", "G"}).unknown);   // of the reference after it
  CHECK(allele({"c", 13, "T", "G"}).unknown);  // and before it
  CHECK(allele({"c", 2, "T", "G"}).edge);
  CHECK(allele({"c", 5, "TTTT", "G"}).status == Status::too_long);
  CHECK(allele({"c", 5, "T", "GGGG"}).status == Status::too_long);
  CHECK(allele({"c", 5, ".", "G"}).status == Status::ref_mismatch);
  CHECK(allele({"c", 5, "X", "G"}).status == Status::ref_mismatch);
  CHECK(allele({"c", 17, "TT", "G"}).status == Status::out_of_range);
}

TEST_CASE("with fail a REF that differs is an error that says all") {
  Bench bench({{"c", "ACGT" + std::string(100, 'A')}}, false, 60);
  CHECK_THAT(sentence_of<core::InputError>(bench, {{"c", 2, "C", "G"}, {"c", 3, "TT", "G"}}),
             Catch::StartsWith("c:3: REF is TT, ") && Catch::Contains("x.fa has GT there") &&
                 Catch::Contains("-f") && Catch::Contains("--ref-mismatch skip"));
  CHECK_THAT(sentence_of<core::InputError>(bench, {{"c", 5, std::string(50, 'C'), "G"}}),
             Catch::Contains("REF is " + std::string(20, 'C') + "..., ") &&
                 Catch::Contains("has " + std::string(20, 'A') + "... there"));
  CHECK_THAT(sentence_of<core::InputError>(bench, {{"c", 3, ".", "G"}}),
             Catch::Contains("REF is ., "));
  // What would not be compared at all does not fail.
  CHECK(statuses(bench.encode({{"c", 3, "TT", "<DEL>"}, {"d", 3, "TT", "T"}, {"c", 3, "G", "T"}},
                              RefMismatch::fail)) ==
        std::vector{Status::symbolic, Status::no_contig, Status::ok});
}

TEST_CASE("a cache whose blocks are too short is a bug that is told") {
  const test::TemporaryFolder folder;
  const source::Reference reference(
      test::write_file(folder.file("x.fa"), ">c\n" + std::string(200, 'A') + "\n"));
  const source::ContigNames names(reference.index(), {});
  encode::ReferenceCache cache(reference, core::Alphabet::dna(), {.reach = 5, .stride = 5});
  CHECK_THROWS_AS(encode::encode_variants(test::variant_batch({{"c", 100, "A", "C"}}), names, cache,
                                          {.window = 50}),
                  core::InternalError);
}

TEST_CASE("the reach of a window's longest deletion") {
  CHECK(encode::variant_reach(1) == 1);
  CHECK(encode::variant_reach(10) == 14);
  CHECK(encode::variant_reach(11) == 16);
  CHECK(encode::variant_reach(1000) == 1499);
}

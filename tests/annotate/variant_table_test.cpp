#include "vio/annotate/variant_table.hpp"

#include "catch.hpp"
#include "support/scored_variants.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using namespace vio::annotate;
using core::Status;
using test::add_scores;

namespace {

std::uint64_t skipped(const Tally& tally, Status status) {
  return tally.skipped[static_cast<std::size_t>(status)];
}

ScoredVariants mixed() {
  ScoredVariants batch;
  batch.encoded.batch = test::variant_batch({{"chr1", 3, "A", "<DEL>,C"},
                                             {"chr1", 4, "G", "."},
                                             {"chr2", 5, "T", "*,TTTT"},
                                             {"chr2", 6, "C", "A"}});
  add_scores(batch, {0.5F, 0.5F}, {{.status = Status::symbolic}, {.probabilities = {0.1F, 0.9F}}});
  add_scores(batch, {}, {{.status = Status::no_alt}});
  add_scores(batch, {}, {{.status = Status::star}, {.status = Status::too_long}});
  add_scores(batch, {0.5F, 0.5F}, {{.probabilities = {0.1F, 0.9F}}});
  return batch;
}

}  // namespace

TEST_CASE("variants are counted by record, by allele and by window") {
  Accounting accounting;
  count_variants(mixed().encoded, accounting);
  CHECK(accounting.records.scored == 2);
  CHECK(skipped(accounting.records, Status::no_alt) == 1);
  CHECK(skipped(accounting.records, Status::star) == 1);  // its first ALT's reason
  CHECK(accounting.records.skipped_total() == 2);
  CHECK(accounting.alleles.scored == 2);
  CHECK(skipped(accounting.alleles, Status::symbolic) == 1);
  CHECK(skipped(accounting.alleles, Status::no_alt) == 1);
  CHECK(skipped(accounting.alleles, Status::star) == 1);
  CHECK(skipped(accounting.alleles, Status::too_long) == 1);
  CHECK(accounting.windows.scored == 4);
  CHECK(accounting.windows.skipped_total() == 0);
}

TEST_CASE("accounts of alleles must balance too") {
  Accounting accounting;
  count_variants(mixed().encoded, accounting);
  accounting.records.read = 4;
  accounting.windows.read = 4;
  accounting.alleles.read = 6;
  CHECK_NOTHROW(check_balance(accounting));
  accounting.alleles.read = 7;
  CHECK_THROWS_AS(check_balance(accounting), core::InternalError);
}

TEST_CASE("the table of what was skipped has a line an ALT that was not scored") {
  CHECK(skipped_variants_header() == "#chrom\tpos\tid\tref\talt\tstatus\treason\n");
  CHECK(skipped_variant_lines(mixed().encoded) ==
        "chr1\t3\t.\tA\t<DEL>\tSYMBOLIC\tALT is symbolic\n"
        "chr1\t4\t.\tG\t.\tNO_ALT\tno ALT allele\n"
        "chr2\t5\t.\tT\t*\tSTAR\tALT is an upstream deletion\n"
        "chr2\t5\t.\tT\tTTTT\tTOO_LONG\tallele does not fit the window\n");
}

#include "vio/annotate/variant_field.hpp"

#include <cmath>

#include "catch.hpp"
#include "support/scored_variants.hpp"
#include "vio/annotate/class_name.hpp"
#include "vio/annotate/variant_rows.hpp"
#include "vio/annotate/variant_table.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using namespace vio::annotate;
using core::Status;
using test::add_scores;

namespace {

using Numbers = std::vector<std::optional<float>>;

std::string text_of(const VariantField& field, const VariantRow& row) {
  return std::get<std::string>(field.value(row));
}
Numbers numbers_of(const VariantField& field, const VariantRow& row) {
  return std::get<Numbers>(field.value(row));
}
bool has_value(const VariantField& field, const VariantRow& row) {
  return !std::holds_alternative<std::monostate>(field.value(row));
}

std::string lines_of(const VariantRow& row, const Classes& classes, bool all_classes) {
  std::string lines;
  append_variant_lines(lines, variant_fields(classes, all_classes), row);
  return lines;
}

const Classes three_classes{"a b", "c", "d|e"};

/// Three ALTs, of which the second cannot be scored.
ScoredVariants partly_scored() {
  ScoredVariants batch;
  batch.encoded.batch = test::variant_batch({{"chr1", 100, "A", "C,<DEL>,G"}});
  add_scores(batch, {0.2F, 0.5F, 0.3F},
             {{.probabilities = {0.6F, 0.1F, 0.3F}, .edge = true, .unknown = true},
              {.status = Status::symbolic},
              {.probabilities = {0.2F, 0.2F, 0.6F}}});
  return batch;
}

}  // namespace

TEST_CASE("a record of which one ALT is not scored: every tag has a place for it") {
  const auto batch = partly_scored();
  VariantRows rows(batch, 3);
  const auto& row = rows.row(0);
  CHECK(text_of(*top_field(three_classes), row) == "c,a%20b,.,d%7Ce");
  // Both ALTs move two classes by as much: the first of them is named.
  CHECK(text_of(*changed_class_field(three_classes), row) == "a%20b,.,c");
  CHECK(numbers_of(*p_ref_field(), row) == Numbers{0.2F, std::nullopt, 0.5F});
  CHECK(numbers_of(*p_alt_field(), row) == Numbers{0.6F, std::nullopt, 0.2F});
  CHECK(numbers_of(*delta_field(), row) == Numbers{0.4F, std::nullopt, -0.3F});
  CHECK(text_of(*flags_field(), row) == "EDGE&N,.,.");
  CHECK(text_of(*variant_status_field(), row) == "OK,SYMBOLIC,OK");
  CHECK(text_of(*all_probabilities_field(three_classes), row) ==
        "0.200000|0.500000|0.300000,0.600000|0.100000|0.300000,.,0.200000|0.200000|0.600000");
}

TEST_CASE("the table has a line an ALT; --all-classes moves no other column") {
  const auto batch = partly_scored();
  VariantRows rows(batch, 3);
  const auto& row = rows.row(0);
  CHECK(variant_header_line(variant_fields(three_classes, false)) ==
        "#chrom\tpos\tid\tref\talt\tref_label\talt_label\tclass\tp_ref\tp_alt\tdelta\tflags\t"
        "status\n");
  CHECK(lines_of(row, three_classes, false) ==
        "chr1\t100\t.\tA\tC\tc\ta b\ta b\t0.200000\t0.600000\t0.400000\tEDGE&N\tOK\n"
        "chr1\t100\t.\tA\t<DEL>\t.\t.\t.\t.\t.\t.\t.\tSYMBOLIC\n"
        "chr1\t100\t.\tA\tG\tc\td|e\tc\t0.500000\t0.200000\t-0.300000\t.\tOK\n");
  CHECK(variant_header_line(variant_fields({"x", "y\tz"}, true)) ==
        "#chrom\tpos\tid\tref\talt\tref_label\talt_label\tclass\tp_ref\tp_alt\tdelta\tflags\t"
        "status\tp_ref_x\tp_ref_y%09z\tp_alt_x\tp_alt_y%09z\n");
  CHECK(lines_of(row, three_classes, true) ==
        "chr1\t100\t.\tA\tC\tc\ta b\ta b\t0.200000\t0.600000\t0.400000\tEDGE&N\tOK"
        "\t0.200000\t0.500000\t0.300000\t0.600000\t0.100000\t0.300000\n"
        "chr1\t100\t.\tA\t<DEL>\t.\t.\t.\t.\t.\t.\t.\tSYMBOLIC\t.\t.\t.\t.\t.\t.\n"
        "chr1\t100\t.\tA\tG\tc\td|e\tc\t0.500000\t0.200000\t-0.300000\t.\tOK"
        "\t0.200000\t0.500000\t0.300000\t0.200000\t0.200000\t0.600000\n");
}

TEST_CASE("of two classes the second is named, also where nothing changes or the first wins") {
  ScoredVariants batch;
  batch.encoded.batch = test::variant_batch({{"1", 5, "A", "C,G,T"}});
  add_scores(batch, {0.75F, 0.25F},
             {{.probabilities = {0.75F, 0.25F}},
              {.probabilities = {1.0F, 0.0F}},
              {.probabilities = {0.5F, 0.5F}}});
  VariantRows rows(batch, 2);
  const auto& row = rows.row(0);
  CHECK(text_of(*changed_class_field({"no", "yes"}), row) == "yes,yes,yes");
  CHECK(text_of(*top_field({"no", "yes"}), row) == "no,no,no,no");  // a tie goes to the first
  const auto delta = numbers_of(*delta_field(), row);
  CHECK(delta == Numbers{0.0F, -0.25F, 0.25F});
  CHECK_FALSE(std::signbit(*delta[0]));
  CHECK_FALSE(has_value(*flags_field(), row));
  CHECK(lines_of(row, {"no", "yes"}, false).find("\t0.250000\t0.250000\t0.000000\t.\tOK\n") !=
        std::string::npos);
}

TEST_CASE("a delta is the difference of what is printed") {
  ScoredVariants batch;
  batch.encoded.batch = test::variant_batch({{"1", 5, "A", "C"}});
  // 0.123456|49 and 0.123456|51 differ by 2e-8, but round apart.
  add_scores(batch, {0.12345649F, 0.5F, 0.37654351F},
             {{.probabilities = {0.12345651F, 0.5F, 0.37654349F}}});
  VariantRows rows(batch, 3);
  const auto& row = rows.row(0);
  CHECK(row.alts[0].changed_class == 0);
  CHECK(row.alts[0].p_ref == 123456);
  CHECK(row.alts[0].p_alt == 123457);
  CHECK(numbers_of(*delta_field(), row) == Numbers{1e-6F});
}

TEST_CASE("where nothing was scored only the status is told") {
  ScoredVariants batch;
  batch.encoded.batch = test::variant_batch({{"chrUn", 7, "A", "."}, {"chrUn", 9, "ACGT", "*,A"}});
  add_scores(batch, {}, {{.status = Status::no_alt}});
  add_scores(batch, {}, {{.status = Status::star}, {.status = Status::no_contig}});
  VariantRows rows(batch, 3);
  for (const std::size_t record : {0U, 1U}) {
    const auto& row = rows.row(record);
    for (const auto& field : variant_fields(three_classes, true)) {
      const auto info = field->info();
      INFO((info ? info->id : "none"));
      CHECK(has_value(*field, row) == (info && info->id == "STATUS"));
    }
    CHECK(text_of(*variant_status_field(), row) == (record == 0 ? "NO_ALT" : "STAR,NO_CONTIG"));
  }
  CHECK(lines_of(rows.row(0), three_classes, false) ==
        "chrUn\t7\t.\tA\t.\t.\t.\t.\t.\t.\t.\t.\tNO_ALT\n");
  CHECK(lines_of(rows.row(1), three_classes, false) ==
        "chrUn\t9\t.\tACGT\t*\t.\t.\t.\t.\t.\t.\t.\tSTAR\n"
        "chrUn\t9\t.\tACGT\tA\t.\t.\t.\t.\t.\t.\t.\tNO_CONTIG\n");
}

TEST_CASE("the class that changes most") {
  const auto changed = [](std::vector<Millionths> ref, std::vector<Millionths> alt) {
    return most_changed_class(ref, alt);
  };
  CHECK(changed({100, 200, 300}, {100, 190, 310}) == 1);
  CHECK(changed({100, 200, 300}, {100, 195, 310}) == 2);
  CHECK(changed({100, 200, 300}, {100, 200, 300}) == 0);
  CHECK(changed({900, 100}, {100, 900}) == 1);
  CHECK(changed({1000}, {1000}) == 0);
}

TEST_CASE("class names in INFO are percent-encoded") {
  CHECK(vcf_class_name("exon_5'-UTR(v1.0)/x+y") == "exon_5%27-UTR(v1.0)/x+y");
  CHECK(vcf_class_name("a b,c;d=e|f&g:h\"i<j>k\\l%m\tn\no") ==
        "a%20b%2Cc%3Bd%3De%7Cf%26g%3Ah%22i%3Cj%3Ek%5Cl%25m%09n%0Ao");
  CHECK(vcf_class_name("\xC3\xA9\x7F") == "%C3%A9%7F");
  CHECK(vcf_class_name(".") == "%2E");
  CHECK(vcf_class_name("..") == "..");
}

TEST_CASE("declarations: every tag has number, type and words; classes are listed encoded") {
  std::vector<std::string> declared;
  for (const auto& field : variant_fields(three_classes, true)) {
    if (const auto info = field->info()) {
      declared.push_back(info->id + ' ' + info->number + ' ' + info->type);
      CHECK(info->description.size() > 10);
      if (info->id == "PROBS") CHECK(info->description.ends_with(" a%20b|c|d%7Ce"));
    }
  }
  CHECK(declared == std::vector<std::string>{"TOP R String", "CLASS A String", "PREF A Float",
                                             "PALT A Float", "DELTA A Float", "FLAGS . String",
                                             "STATUS . String", "PROBS R String"});
  CHECK(all_tag_ids() == std::vector<std::string>{"TOP", "CLASS", "PREF", "PALT", "DELTA", "FLAGS",
                                                  "STATUS", "PROBS"});
}

TEST_CASE("a batch without the scores of its windows is an internal error") {
  auto batch = partly_scored();
  CHECK_THROWS_AS(VariantRows(batch, 2), core::InternalError);
}

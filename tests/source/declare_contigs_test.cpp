#include "catch.hpp"
#include "source/variant_cases.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using Names = std::vector<std::string>;
using test::VariantKind;

namespace {

std::vector<hts::ContigLine> lines_of(const Names& names) {
  std::vector<hts::ContigLine> lines;
  for (std::size_t i = 0; i < names.size(); ++i) {
    lines.push_back({names[i], static_cast<std::int64_t>(100 + i)});
  }
  return lines;
}

struct Input {
  Names reference{};
  Names declared{};
  std::string first{};  ///< contig of the one record; empty: no record
  source::ContigMap map{};
};

/// The header's contigs once those of the reference are declared.
std::vector<hts::ContigLine> lines_after(const Input& input,
                                         VariantKind kind = VariantKind::plain) {
  const test::TemporaryFolder folder;
  const test::NamedReference reference(lines_of(input.reference), input.map);
  std::vector<test::VariantLine> records;
  if (!input.first.empty()) records.push_back({input.first, 7, "A", "C"});
  const auto text = test::variant_text(records, lines_of(input.declared));
  hts::VariantReader reader(hts::Input(test::write_variants(folder, text, kind)), 1);
  source::declare_contigs(reader, reference.names());
  auto lines = reader.header().contigs();
  CHECK(test::read_all(reader).size() == records.size());  // none is lost by looking
  return lines;
}

Names after(const Input& input) {
  Names names;
  for (const auto& line : lines_after(input)) names.push_back(line.name);
  return names;
}

}  // namespace

TEST_CASE("a header that has every contig stays as it is") {
  CHECK(after({.reference = {"a", "b"}, .declared = {"b", "a"}}) == Names{"b", "a"});
  CHECK(after({.reference = {"chr1", "chrM"}, .declared = {"MT", "1"}}) == Names{"MT", "1"});
  CHECK(after({.reference = {"a"}, .declared = {"more", "a"}}) == Names{"more", "a"});
}

TEST_CASE("contigs that a header lacks follow, in the reference's order and with its lengths") {
  for (const auto kind : {VariantKind::plain, VariantKind::bgzip, VariantKind::bcf}) {
    const auto lines =
        lines_after({.reference = {"a", "b", "c"}, .declared = {"b"}, .first = "b"}, kind);
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].name == "b");
    CHECK(lines[1].name == "a");
    CHECK(lines[1].length == 100);
    CHECK(lines[2].name == "c");
    CHECK(lines[2].length == 102);
  }
  CHECK(after({.reference = {"a", "b"}, .first = "b"}) == Names{"a", "b"});
  CHECK(after({.reference = {"a", "b"}}) == Names{"a", "b"});
}

TEST_CASE("contigs are declared by the convention of the file, not of the reference") {
  const Names with{"chr1", "chr2", "chrM"};
  const Names without{"1", "2", "MT"};
  CHECK(after({.reference = with, .first = "2"}) == without);
  CHECK(after({.reference = with, .first = "MT"}) == without);
  CHECK(after({.reference = with, .first = "M"}) == Names{"1", "2", "M"});
  CHECK(after({.reference = with, .first = "chr2"}) == with);
  CHECK(after({.reference = without, .first = "chr2"}) == with);
  CHECK(after({.reference = without, .first = "chrM"}) == with);
  CHECK(after({.reference = without, .first = "M"}) == Names{"1", "2", "M"});
  CHECK(after({.reference = without, .first = "2"}) == without);
  CHECK(after({.reference = with, .first = "other"}) == with);
  CHECK(after({.reference = {"chr1", "HLA*1", "chr2"}, .first = "1"}) == Names{"1", "HLA*1", "2"});
  CHECK(after({.reference = with, .declared = {"2"}, .first = "2"}) == Names{"2", "1", "MT"});
  CHECK(after({.reference = {"same", "chr1", "chr2"}, .declared = {"same", "1"}}) ==
        Names{"same", "1", "2"});
}

TEST_CASE("a name is never given to two contigs, nor one that means another") {
  // hg19 has both, and they are not the same sequence.
  CHECK(after({.reference = {"chr1", "chrM", "chrMT"}, .first = "1"}) == Names{"1", "M", "MT"});
  CHECK(after({.reference = {"chr1", "1", "chr2"}, .first = "1"}) == Names{"chr1", "1", "chr2"});
}

TEST_CASE("contigs are declared as the map names them") {
  CHECK(after({.reference = {"a", "b"}, .first = "one", .map = {{"one", "a"}}}) ==
        Names{"one", "b"});
  CHECK(after({.reference = {"a", "b"}, .declared = {"b"}, .map = {{"one", "a"}}}) ==
        Names{"b", "one"});
  CHECK(after({.reference = {"a", "b"}, .declared = {"one"}, .map = {{"one", "a"}}}) ==
        Names{"one", "b"});
  // The file's `a` is the reference's b.
  CHECK(after({.reference = {"a", "b"}, .declared = {"a"}, .map = {{"a", "b"}}}) == Names{"a"});
}

TEST_CASE("a header without any contig of the reference is an error") {
  const Input stranger{.reference = {"a", "b"}, .declared = {"c", "d", "e", "f"}};
  CHECK_THROWS_AS(lines_after(stranger), core::UsageError);
  CHECK_THROWS_WITH(lines_after(stranger), Catch::Contains("c, d, e, ... against a, b;"));
  CHECK_NOTHROW(lines_after({.reference = {"a"}, .declared = {"c"}, .map = {{"c", "a"}}}));
  CHECK_THROWS_AS(lines_after({.reference = {"a"}, .declared = {"c"}, .map = {{"d", "a"}}}),
                  core::UsageError);
}

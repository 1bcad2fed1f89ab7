#include "source/variant_regions.hpp"

#include <random>

#include "catch.hpp"
#include "source/variant_cases.hpp"

using namespace vio;
using source::covered_by;
using source::first_overlap;
using source::Overlap;
using source::Region;
using source::Stretch;
using source::VariantRegions;

namespace {

/// What a record covers in the three ways, as text: position, record, variant.
std::string covered(const std::string& ref, const std::string& alt, const std::string& info = ".",
                    const std::string& pos = "11") {
  auto header = test::variant_batch({}).header->copy();
  header.set_info({"END", "1", "Integer", "End"});
  hts::VariantRecord record;
  std::string line = "1\t";
  line.append(pos).append("\t.\t").append(ref).append("\t").append(alt).append("\t.\t.\t");
  test::parse_line(line.append(info), header, record);
  std::string text;
  for (const auto overlap : {Overlap::position, Overlap::record, Overlap::variant}) {
    const auto stretch = covered_by(record, overlap);
    text.append(text.empty() ? "" : " ").append(std::to_string(stretch.begin));
    text.append("-").append(std::to_string(stretch.end));
  }
  return text;
}

std::vector<Region> regions(const std::vector<std::pair<std::string, Stretch>>& wanted) {
  std::vector<Region> result;
  result.reserve(wanted.size());
  for (const auto& [contig, stretch] : wanted) {
    result.push_back({.interval = {contig, stretch.begin, stretch.end}});
  }
  return result;
}

/// A header that declares these.
hts::VariantHeader header_of(const std::vector<std::string>& contigs) {
  auto header = test::variant_batch({}).header->copy();
  for (const auto& contig : contigs) header.add_contig({contig, 1000});
  return header;
}

}  // namespace

TEST_CASE("what a record covers, in three ways") {
  CHECK(covered("A", "C") == "10-11 10-11 10-11");
  CHECK(covered("ACG", "TTT") == "10-11 10-13 10-13");
  CHECK(covered("A", "ACGT") == "10-11 10-11 11-11");      // between two bases
  CHECK(covered("ACGT", "A") == "10-11 10-14 11-14");      // without its anchor
  CHECK(covered("ACGT", "AC") == "10-11 10-14 12-14");     // nor what else it keeps
  CHECK(covered("ACGT", "ATT") == "10-11 10-14 11-14");    // delins
  CHECK(covered("ACGT", "A,ACT") == "10-11 10-14 11-14");  // the least that all share
  CHECK(covered("ACGT", "A,CCGT") == "10-11 10-14 10-14");
  CHECK(covered("A", "<DEL>", "END=50") == "10-11 10-50 10-50");
  CHECK(covered("A", "<DEL>") == "10-11 10-11 10-11");
  CHECK(covered("AC", "*") == "10-11 10-12 10-12");
  CHECK(covered("AC", ".") == "10-11 10-12 12-12");  // as to bcftools: nothing changes
}

TEST_CASE("a telomere counts as if it had the first base") {
  CHECK(covered("N", "A", ".", "0") == "0-1 0-1 0-1");
  CHECK(covered("NAC", "N", ".", "0") == "0-1 0-2 0-2");
}

TEST_CASE("stretches are sorted, and those that overlap are one") {
  const auto header = header_of({"a", "b"});
  const VariantRegions found(regions({{"b", {5, 9}},
                                      {"a", {20, 30}},
                                      {"b", {1, 2}},
                                      {"a", {25, 40}},
                                      {"a", {26, 27}},
                                      {"a", {40, 50}},
                                      {"b", {3, 3}}}),
                             header);
  REQUIRE(found.contigs().size() == 2);
  CHECK(found.contigs()[0].name == "b");
  CHECK(found.contigs()[0].stretches == std::vector<Stretch>{{1, 2}, {5, 9}});
  // Neighbours stay two: an insertion between them is in neither.
  CHECK(found.contigs()[1].stretches == std::vector<Stretch>{{20, 40}, {40, 50}});
  CHECK(found.find("a") == &found.contigs()[1]);
  CHECK(found.find("c") == nullptr);
}

TEST_CASE("a contig is found by its alias, unless that is another contig of the file") {
  const auto wanted = regions({{"chrM", {0, 10}}, {"1", {0, 10}}});
  const VariantRegions lone(wanted, header_of({"chrM", "1"}));
  CHECK(lone.find("chrM") == &lone.contigs()[0]);
  CHECK(lone.find("MT") == &lone.contigs()[0]);
  CHECK(lone.find("chr1") == &lone.contigs()[1]);
  const VariantRegions both(wanted, header_of({"chrM", "chrMT", "1"}));
  CHECK(both.find("chrM") == &both.contigs()[0]);
  CHECK(both.find("chrMT") == nullptr);
  const VariantRegions named(regions({{"1", {0, 1}}, {"chr1", {5, 6}}}), header_of({}));
  CHECK(named.find("chr1") == &named.contigs()[1]);
  CHECK(named.find("1") == &named.contigs()[0]);
}

TEST_CASE("the first overlap is what looking at every stretch finds") {
  std::mt19937 random(71);
  for (int round = 0; round < 3000; ++round) {
    std::vector<Stretch> stretches;
    std::int64_t at = 0;
    for (auto count = random() % 6; count > 0; --count) {
      const auto begin = at + static_cast<std::int64_t>(random() % 4);
      at = begin + 1 + static_cast<std::int64_t>(random() % 5);
      stretches.push_back({begin, at});
    }
    const auto begin = static_cast<std::int64_t>(random() % 30);
    const Stretch covered{begin, begin + static_cast<std::int64_t>(random() % 6)};
    const auto overlaps = [&](const Stretch& stretch) {
      if (covered.begin == covered.end) {  // between two bases, both of which must be in it
        return stretch.begin < covered.begin && covered.begin < stretch.end;
      }
      return std::max(stretch.begin, covered.begin) < std::min(stretch.end, covered.end);
    };
    const auto expected = std::find_if(stretches.cbegin(), stretches.cend(), overlaps);
    CHECK(first_overlap(stretches, covered) - stretches.cbegin() == expected - stretches.cbegin());
  }
}

#include "vio/window/variant_windows.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <random>
#include <set>
#include <string>

#include "catch.hpp"
#include "support/memory_source.hpp"

using namespace vio;
using core::Status;
using window::allele_span;

namespace {

struct Cut {
  std::string text;
  bool clipped = false;
};

/// The rule, literally: edit the whole contig, then cut `window` positions of it so that the
/// allele's first base stands at floor(window / 2).
Cut cut_edited(const std::string& contig, std::int64_t position, std::size_t ref_length,
               const std::string& allele, std::int64_t window) {
  std::string edited = contig;
  edited.replace(static_cast<std::size_t>(position), ref_length, allele);
  Cut cut;
  for (std::int64_t i = position - window / 2; i < position - window / 2 + window; ++i) {
    if (i < 0 || i >= static_cast<std::int64_t>(edited.size())) {
      cut.clipped = true;
    } else {
      cut.text += edited[static_cast<std::size_t>(i)];
    }
  }
  return cut;
}

Cut cut_span(const std::string& contig, std::int64_t position, std::size_t ref_length,
             const std::string& allele, std::int64_t window) {
  const auto span = allele_span(position, static_cast<std::int64_t>(ref_length),
                                static_cast<std::int64_t>(allele.size()), window,
                                static_cast<std::int64_t>(contig.size()));
  REQUIRE(span.begin <= position);
  REQUIRE(span.end >= position + static_cast<std::int64_t>(ref_length));
  auto text = contig.substr(static_cast<std::size_t>(span.begin),
                            static_cast<std::size_t>(span.end - span.begin));
  text.replace(static_cast<std::size_t>(position - span.begin), ref_length, allele);
  return {text, span.clipped};
}

/// The bases of each IUPAC code, spelled out.
std::set<char> bases_of(char symbol) {
  static const std::map<char, std::string> codes{
      {'A', "A"},   {'C', "C"},   {'G', "G"},   {'T', "T"},   {'U', "T"},  {'R', "AG"},
      {'Y', "CT"},  {'S', "CG"},  {'W', "AT"},  {'K', "GT"},  {'M', "AC"}, {'B', "CGT"},
      {'D', "AGT"}, {'H', "ACT"}, {'V', "ACG"}, {'N', "ACGT"}};
  const auto byte = static_cast<unsigned char>(symbol);
  const auto found = byte < 128 ? codes.find(static_cast<char>(std::toupper(byte))) : codes.end();
  return found == codes.end() ? std::set<char>()
                              : std::set<char>(found->second.begin(), found->second.end());
}

}  // namespace

TEST_CASE("an allele's window is that of the edited contig") {
  std::set<std::string> seen;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    std::mt19937 random(seed);
    const auto draw = [&](std::size_t least, std::size_t most) {
      return std::uniform_int_distribution<std::size_t>(least, most)(random);
    };
    const auto contig = test::random_text(random, draw(1, 60));
    const auto window = draw(1, 41);
    const auto longest = window - window / 2;
    const auto position = draw(0, contig.size() - 1);
    const auto ref_length = draw(1, std::min(longest, contig.size() - position));
    const auto alt = test::random_text(random, draw(1, longest));
    const auto ref = contig.substr(position, ref_length);
    const auto at = static_cast<std::int64_t>(position);
    const auto size = static_cast<std::int64_t>(window);
    INFO("seed " << seed);
    for (const auto& allele : {ref, alt}) {
      const auto expected = cut_edited(contig, at, ref_length, allele, size);
      const auto found = cut_span(contig, at, ref_length, allele, size);
      CHECK(found.text == expected.text);
      CHECK(found.clipped == expected.clipped);
      seen.insert(expected.clipped ? "clipped" : "whole");
    }
    seen.insert(alt.size() > ref_length ? "insertion" : alt.size() < ref_length ? "deletion" : "");
    seen.insert(window % 2 == 0 ? "even" : "odd");
  }
  CHECK(seen.size() == 7);
}

TEST_CASE("windows begin floor(window / 2) before the allele and refill from the right") {
  const auto check = [](window::AlleleSpan span, std::int64_t begin, std::int64_t end,
                        bool clipped) {
    CHECK(span.begin == begin);
    CHECK(span.end == end);
    CHECK(span.clipped == clipped);
  };
  check(allele_span(5000, 1, 1, 1000, 9000), 4500, 5500, false);
  check(allele_span(5000, 1, 1, 1001, 9000), 4500, 5501, false);
  check(allele_span(5000, 1, 11, 1000, 9000), 4500, 5490, false);
  check(allele_span(5000, 11, 1, 1000, 9000), 4500, 5510, false);
  check(allele_span(500, 1, 1, 1000, 1000), 0, 1000, false);
  check(allele_span(499, 1, 1, 1000, 1000), 0, 999, true);
  check(allele_span(501, 1, 1, 1000, 1000), 1, 1000, true);
  check(allele_span(501, 1, 2, 1000, 1000), 1, 1000, false);  // the insertion fills it up
  check(allele_span(500, 2, 1, 1000, 1000), 0, 1000, true);   // nothing is left to refill from
}

TEST_CASE("what fits a window") {
  CHECK(window::fits_window(500, 1000));
  CHECK_FALSE(window::fits_window(501, 1000));
  CHECK(window::fits_window(501, 1001));
  CHECK_FALSE(window::fits_window(502, 1001));
  CHECK(window::fits_window(1, 1));
}

TEST_CASE("ALTs by their text") {
  const std::map<Status, std::vector<std::string>> kinds{
      {Status::ok, {"A", "acgtn", "RYSWKMBDHV", "U"}},
      {Status::no_alt, {".", ""}},
      {Status::star, {"*"}},
      {Status::symbolic,
       {"<DEL>", "<NON_REF>", "<*>", "<DUP:TANDEM>", "<X[1]>", "C<ctg1>", "A*", "-", "A-", "E",
        "..", "A,C", "1", "<"}},
      {Status::breakend,
       {"A[chr2:5[", "]13:123456]T", "[17:198983[A", "C[<ctg1>:1[", "]<ctg1>:329]A", ".A", "A.",
        ".ACGT", "G]HLA:1:5]"}}};
  for (const auto& [status, alts] : kinds) {
    for (const auto& alt : alts) {
      INFO(alt);
      CHECK(window::alt_kind(alt) == status);
    }
  }
}

TEST_CASE("two symbols match where the sets of their bases meet") {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const char x = static_cast<char>(a);
      const char y = static_cast<char>(b);
      const auto first = bases_of(x);
      const auto second = bases_of(y);
      const bool meet =
          std::any_of(first.begin(), first.end(), [&](char base) { return second.contains(base); });
      if (window::bases_match({&x, 1}, {&y, 1}) != meet) {
        FAIL_CHECK("bytes " << a << " and " << b);
      }
    }
  }
}

TEST_CASE("alleles match position by position") {
  CHECK(window::bases_match("ACGT", "acgt"));
  CHECK(window::bases_match("NNNN", "ACGT"));
  CHECK(window::bases_match("ACGT", "RYSK"));
  CHECK(window::bases_match("", ""));
  CHECK_FALSE(window::bases_match("ACGT", "ACGA"));
  CHECK_FALSE(window::bases_match("ACGT", "ACG"));
  CHECK_FALSE(window::bases_match("ACG", "ACGT"));
  CHECK_FALSE(window::bases_match("A.GT", "A.GT"));
  CHECK_FALSE(window::bases_match("A-GT", "ACGT"));
}

#include <algorithm>
#include <cctype>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "encode/variant_bench.hpp"
#include "support/memory_source.hpp"

using namespace vio;
using core::Status;
using encode::RefMismatch;
using test::Bench;
using test::Contigs;
using test::encoded;
using test::materialized;
using test::VariantLine;

namespace {

/// The allele in place of the `ref_length` bases at `position`, then `window` positions of the
/// whole edited contig, the allele's first at floor(window / 2).
struct Cut {
  std::string text;
  bool clipped = false;

  [[nodiscard]] bool unknown() const {
    return text.find_first_not_of("ACGTacgt") != std::string::npos;
  }
};

Cut cut(std::string contig, std::int64_t position, std::size_t ref_length,
        const std::string& allele, std::int64_t window) {
  contig.replace(static_cast<std::size_t>(position), ref_length, allele);
  Cut result;
  for (std::int64_t i = position - window / 2; i < position - window / 2 + window; ++i) {
    const bool there = i >= 0 && i < static_cast<std::int64_t>(contig.size());
    if (there) result.text += contig[static_cast<std::size_t>(i)];
    if (!there) result.clipped = true;
  }
  return result;
}

std::vector<std::string> split(const std::string& alts) {
  std::vector<std::string> result{""};
  for (const char c : alts) {
    if (c == ',') result.emplace_back();
    if (c != ',') result.back() += c;
  }
  return result;
}

/// Random alleles, most of which can be scored; `wrong` is set where REF is not the reference's.
struct Drawn {
  VariantLine line;
  bool wrong = false;
};

class Draw {
 public:
  Draw(unsigned seed, const Contigs& contigs, std::size_t window)
      : random_(seed), contigs_(contigs), longest_(window - window / 2) {}

  Drawn variant() {
    Drawn drawn;
    const auto contig = std::next(contigs_.begin(), static_cast<long>(up_to(contigs_.size() - 1)));
    const auto& symbols = contig->second;
    const auto position = up_to(symbols.size() - 1);
    const auto longest_ref = one_in(8) ? 2 * longest_ : one_in(2) ? 1 : longest_;
    const auto length = 1 + up_to(std::min(longest_ref, symbols.size() - position) - 1);
    drawn.line = {contig->first, static_cast<std::int64_t>(position) + 1,
                  symbols.substr(position, length), alts()};
    for (auto& base : drawn.line.ref) {
      if (one_in(3)) base = static_cast<char>(std::tolower(base));
    }
    const auto plain = drawn.line.ref.find_first_of("ACGT");
    if (one_in(6) && plain != std::string::npos) {
      auto& base = drawn.line.ref[plain];
      base = base == 'A' ? 'C' : 'A';
      drawn.wrong = true;
    }
    return drawn;
  }

 private:
  std::size_t up_to(std::size_t most) {
    return std::uniform_int_distribution<std::size_t>(0, most)(random_);
  }
  bool one_in(std::size_t n) { return up_to(n - 1) == 0; }
  std::string alts() {
    std::string result;
    for (auto n = 1 + up_to(2); n > 0; --n) {
      if (!result.empty()) result += ',';
      result += alt();
    }
    return result;
  }
  std::string alt() {
    if (one_in(12)) return std::vector<std::string>{"*", "<DEL>", "A[c0:5[", "G."}[up_to(3)];
    const auto longest = one_in(10) ? 2 * longest_ : one_in(2) ? 1 : longest_;
    return test::random_text(random_, 1 + up_to(longest - 1), one_in(10) ? "ACGTNRacgt" : "ACGT");
  }

  std::mt19937 random_;
  const Contigs& contigs_;
  std::size_t longest_;
};

Status by_text(const std::string& alt) {
  if (alt == "*") return Status::star;
  if (alt.front() == '<') return Status::symbolic;
  return alt.find_first_of("[.") == std::string::npos ? Status::ok : Status::breakend;
}

/// What one ALT comes to.
struct Outcome {
  Status status = Status::ok;
  // Only where it is ok.
  std::vector<core::Code> ref;  ///< codes of the window
  std::vector<core::Code> alt;
  bool edge = false;
  bool unknown = false;

  bool operator==(const Outcome&) const = default;
};

/// What it must come to, told from its text and the whole contig.
Outcome expected_outcome(const Drawn& drawn, const std::string& alt, const std::string& contig,
                         std::int64_t window, bool use_vcf) {
  const auto& ref = drawn.line.ref;
  Outcome outcome{by_text(alt), {}, {}, false, false};
  if (outcome.status == Status::ok && drawn.wrong && !use_vcf) {
    outcome.status = Status::ref_mismatch;
  }
  const auto longest = static_cast<std::int64_t>(std::max(ref.size(), alt.size()));
  if (outcome.status == Status::ok && window / 2 + longest > window) {
    outcome.status = Status::too_long;
  }
  if (outcome.status != Status::ok) return outcome;
  const auto ref_cut = cut(contig, drawn.line.pos - 1, ref.size(), ref, window);
  const auto alt_cut = cut(contig, drawn.line.pos - 1, ref.size(), alt, window);
  return {Status::ok, encoded(ref_cut.text), encoded(alt_cut.text),
          ref_cut.clipped || alt_cut.clipped, ref_cut.unknown() || alt_cut.unknown()};
}

Outcome found_outcome(const encode::EncodedVariants& found, const encode::Variant& variant,
                      const encode::Allele& allele) {
  if (allele.status != Status::ok) return {allele.status, {}, {}, false, false};
  REQUIRE(variant.scored);
  return {Status::ok, materialized(found.windows.at(variant.ref_window)),
          materialized(found.windows.at(allele.window)), allele.edge, allele.unknown};
}

void note(const Outcome& outcome, std::set<std::string>& seen) {
  seen.insert(std::string(core::status_name(outcome.status)));
  if (outcome.edge) seen.insert("EDGE");
  if (outcome.unknown) seen.insert("N");
  if (outcome.status == Status::ok && !outcome.edge && !outcome.unknown) seen.insert("no flag");
}

Contigs random_contigs(std::mt19937& random) {
  Contigs contigs;
  const auto count = 1 + random() % 3;
  for (unsigned i = 0; i < count; ++i) {
    // Mostly few unknown bases, so that windows without any are common.
    const auto* const symbols = random() % 3 == 0 ? "ACGTN" : "ACGTacgtACGTACGTACGTACGTACGTACGTRN";
    contigs[std::to_string(i) + "c"] = test::random_text(random, 1 + random() % 300, symbols);
  }
  return contigs;
}

/// Several random records in one batch.
void check_batch(unsigned seed, std::set<std::string>& seen) {
  constexpr std::size_t kRecords = 25;
  std::mt19937 random(seed);
  const auto window = 1 + static_cast<std::int64_t>(random() % 40);
  const auto contigs = random_contigs(random);
  Bench bench(contigs, random() % 2 == 0, window, 1 + static_cast<std::int64_t>(random() % 90));
  const bool use_vcf = random() % 2 == 0;
  Draw draw(seed, contigs, static_cast<std::size_t>(window));
  std::vector<Drawn> drawn(kRecords);
  std::vector<VariantLine> lines;
  lines.reserve(kRecords);
  for (auto& one : drawn) lines.push_back((one = draw.variant()).line);
  const auto found = bench.encode(lines, use_vcf ? RefMismatch::use_vcf : RefMismatch::skip);
  REQUIRE(found.variants.size() == kRecords);
  REQUIRE(found.batch.records.size() == kRecords);
  std::size_t next_allele = 0;
  for (std::size_t i = 0; i < kRecords; ++i) {
    const auto& line = lines[i];
    INFO("seed " << seed << ": " << line.contig << ":" << line.pos << " " << line.ref << " "
                 << line.alt << " in windows of " << window);
    const auto alts = split(line.alt);
    CHECK(found.variants[i].first_allele == next_allele);
    REQUIRE(found.variants[i].n_alleles == alts.size());
    for (const auto& alt : alts) {
      const auto expected =
          expected_outcome(drawn[i], alt, contigs.at(line.contig), window, use_vcf);
      const auto outcome = found_outcome(found, found.variants[i], found.alleles[next_allele++]);
      CHECK(core::status_name(outcome.status) == core::status_name(expected.status));
      CHECK(outcome.ref == expected.ref);
      CHECK(outcome.alt == expected.alt);
      CHECK(outcome == expected);
      note(expected, seen);
    }
  }
  CHECK(found.alleles.size() == next_allele);
}

}  // namespace

TEST_CASE("windows of variants are those of the edited contig") {
  std::set<std::string> seen;
  for (unsigned seed = 0; seed < 120; ++seed) check_batch(seed, seen);
  for (const auto* what :
       {"OK", "STAR", "SYMBOLIC", "BREAKEND", "REF_MISMATCH", "TOO_LONG", "EDGE", "N", "no flag"}) {
    INFO(what);
    CHECK(seen.contains(what));
  }
}

TEST_CASE("batches are encoded in several threads at once") {
  std::mt19937 random(8);
  Contigs contigs{{"c0", test::random_text(random, 900, "ACGTN")},
                  {"c1", test::random_text(random, 400, "ACGT")}};
  Bench bench(contigs, true, 20, 50);
  Draw draw(8, contigs, 20);
  std::vector<VariantLine> lines(60);
  for (auto& line : lines) line = draw.variant().line;
  const auto text_of = [](const encode::EncodedVariants& found) {
    std::vector<std::vector<core::Code>> codes;
    for (const auto& window : found.windows) codes.push_back(materialized(window));
    return codes;
  };
  const auto expected = text_of(bench.encode(lines));
  std::vector<char> same(6, 0);
  std::vector<std::thread> threads;
  threads.reserve(same.size());
  for (auto& result : same) {
    threads.emplace_back([&] {
      bool all = true;
      for (int i = 0; i < 10; ++i) all = text_of(bench.encode(lines)) == expected && all;
      result = all ? 1 : 0;
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(same == std::vector<char>(6, 1));
}

#include "train/similarity.hpp"

#include <algorithm>
#include <random>
#include <string>

#include "catch.hpp"

using namespace vio;
using train::jaccard;
using train::SimilarityIndex;
using train::WordSets;

namespace {

std::vector<core::Code> encoded(const std::string& text) {
  std::vector<core::Code> codes(text.size());
  core::Alphabet::dna().encode(text, codes);
  return codes;
}

WordSets sets_of(const std::vector<std::string>& texts, std::size_t length) {
  std::vector<std::vector<core::Code>> sequences;
  sequences.reserve(texts.size());
  for (const auto& text : texts) {
    sequences.push_back(encoded(text));
  }
  return {sequences, core::Alphabet::dna(), length};
}

/// Families of mutated copies, among them identical ones, beside sequences of a common beginning.
std::vector<std::vector<core::Code>> families(std::size_t n, std::uint32_t seed, unsigned symbols) {
  std::mt19937 random(seed);
  const auto draw = [&] { return static_cast<core::Code>(random() % symbols); };
  std::vector<std::vector<core::Code>> sequences;
  while (sequences.size() < n) {
    std::vector<core::Code> root(20 + random() % 80);
    std::ranges::generate(root, draw);
    std::fill_n(root.begin(), 15, core::Code{1});
    for (unsigned copy = 0; copy < 4; ++copy) {
      sequences.push_back(root);
      for (unsigned change = 0; change < copy / 2; ++change) {
        sequences.back()[random() % root.size()] = draw();
      }
    }
  }
  return sequences;
}

std::vector<std::vector<train::Neighbour>> all_pairs(const WordSets& sets, const WordSets& queries,
                                                     double least) {
  std::vector<std::vector<train::Neighbour>> found(queries.size());
  for (std::size_t query = 0; query < queries.size(); ++query) {
    for (std::size_t other = 0; other < sets.size(); ++other) {
      const double similarity = jaccard(queries[query], sets[other]);
      if (similarity >= least) {
        found[query].push_back({other, similarity});
      }
    }
  }
  return found;
}

}  // namespace

TEST_CASE("words of sequences, by hand") {
  // Of two letters, with reverse complements: ACGT has AC = GT, CG; ACACG has AC, CA = TG, CG; of
  // acNGT the N's words do not count.
  const auto sets = sets_of({"ACGT", "ACACG", "acNGT", "A", "", "CGTGT"}, 2);
  REQUIRE(sets.size() == 6);
  CHECK(sets[0].size() == 2);
  CHECK(sets[1].size() == 3);
  CHECK(sets[2].size() == 1);
  CHECK(sets[3].empty());
  CHECK(sets[4].empty());
  CHECK(std::ranges::is_sorted(sets[1]));
  CHECK(jaccard(sets[0], sets[1]) == Approx(2.0 / 3));
  CHECK(jaccard(sets[0], sets[2]) == Approx(1.0 / 2));
  CHECK(jaccard(sets[1], sets[5]) == 1);  // the other strand
  CHECK(jaccard(sets[3], sets[4]) == 0);
  CHECK(jaccard(sets[0], sets[4]) == 0);
}

TEST_CASE("a word depends on all its symbols and on nothing before them") {
  const auto sets =
      sets_of({"GATTACAGATTACA", "CCCGATTACAGATT", "TATTACAGATTACA", "TGTANTGTAATCTGTAATC"}, 11);
  REQUIRE(sets[0].size() == 4);
  // GATTACAGATT is the last word of the second; the third differs in its first symbol only.
  CHECK(jaccard(sets[0], sets[1]) == Approx(1.0 / 7));
  CHECK(jaccard(sets[0], sets[2]) == Approx(3.0 / 5));
  CHECK(jaccard(sets[0], sets[3]) == 1);
}

TEST_CASE("an alphabet without a second strand has none") {
  const std::vector<std::vector<core::Code>> sequences{{0, 1, 2}, {3, 2, 1}, {1, 2, 4}};
  const WordSets sets(sequences, core::Alphabet::custom("WXYZ"), 2);
  CHECK(sets[2].size() == 1);  // 4 is unknown
  CHECK(jaccard(sets[0], sets[1]) == 0);
  CHECK(jaccard(sets[0], sets[2]) == Approx(1.0 / 2));
}

TEST_CASE("the index finds exactly what comparing all pairs finds") {
  // One with a second strand, one without, and one whose words take more than 64 bits.
  const auto* name = GENERATE("dna", "protein",
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'()*+,-./:;<=>?@[]^_{|}");
  const auto alphabet = core::Alphabet::named(name);
  const auto least = GENERATE(0.1, 0.3, 0.5, 0.9, 1.0);
  const auto length = GENERATE(std::size_t{3}, train::kWordLength);
  const auto symbols = static_cast<unsigned>(alphabet.size());
  const auto rows = families(160, 7, symbols);
  const auto others = families(60, 8, symbols);
  auto asked = others;
  asked.insert(asked.end(), rows.begin(), rows.begin() + 20);
  const WordSets sets(rows, alphabet, length);
  const WordSets queries(asked, alphabet, length);
  const SimilarityIndex index(sets, least);
  const auto found = train::similar_sequences(index, queries, 3);
  CHECK(found == all_pairs(sets, queries, least));
  CHECK(std::ranges::count_if(found, [](const auto& near) { return near.size() > 1; }) > 5);
}

TEST_CASE("an index of nothing, and nothing asked") {
  const auto none = sets_of({}, 11);
  const auto some = sets_of({"ACGTTGCATGTCAGTC", "ACG"}, 11);
  CHECK(train::similar_sequences(SimilarityIndex(none, 0.5), some, 2) ==
        std::vector<std::vector<train::Neighbour>>(2));
  CHECK(train::similar_sequences(SimilarityIndex(some, 0.5), none, 2).empty());
  const auto found = train::similar_sequences(SimilarityIndex(some, 0.5), some, 2);
  CHECK(found[0] == std::vector<train::Neighbour>{{0, 1.0}});
  CHECK(found[1].empty());
}

#include "train/division.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "catch.hpp"
#include "train/similar_rows.hpp"
#include "train/similarity.hpp"
#include "vio/core/error.hpp"

namespace {

using Codes = std::vector<vio::core::Code>;
using Rows = std::vector<std::size_t>;
using vio::train::Dataset;
using vio::train::SplitBy;

const std::vector<std::string> class_names{"x", "y", "z"};

Codes random_codes(std::mt19937& random, std::size_t length) {
  Codes codes(length);
  for (auto& code : codes) {
    code = static_cast<vio::core::Code>(random() % 4);
  }
  return codes;
}

/// `families` random sequences, each in up to 5 copies that differ in a few places; a family is of
/// one class.
Dataset families_of_rows(std::size_t families, std::uint32_t seed) {
  std::mt19937 random(seed);
  Dataset data;
  for (std::size_t family = 0; family < families; ++family) {
    const auto ancestor = random_codes(random, 80 + random() % 40);
    const int label = static_cast<int>(random() % class_names.size());
    const auto copies = 1 + random() % 5;
    for (std::size_t copy = 0; copy < copies; ++copy) {
      auto codes = ancestor;
      for (int change = 0; change < 2; ++change) {
        codes[random() % codes.size()] = static_cast<vio::core::Code>(random() % 4);
      }
      data.sequences.push_back(codes);
      data.labels.push_back(label);
    }
  }
  return data;
}

vio::train::Divider divider(const Dataset& data, SplitBy by, std::uint32_t seed = 42) {
  return {data, class_names, vio::core::Alphabet::dna(), {.by = by, .seed = seed, .threads = 2}};
}

/// The most similar pair of rows of different parts, found by comparing all.
double nearest_between(const Dataset& data, const Rows& part_of) {
  const vio::train::WordSets sets(data.sequences, vio::core::Alphabet::dna());
  double nearest = 0;
  for (std::size_t a = 0; a < data.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      if (part_of[a] != part_of[b]) {
        nearest = std::max(nearest, vio::train::jaccard(sets[a], sets[b]));
      }
    }
  }
  return nearest;
}

Rows parts_of(const vio::train::Split& split) {
  Rows part_of(split.train.size() + split.test.size());
  for (const auto row : split.test) {
    part_of[row] = 1;
  }
  return part_of;
}

}  // namespace

TEST_CASE("groups are the connected components of similar rows") {
  const auto data = families_of_rows(60, 1);
  const vio::core::Alphabet dna = vio::core::Alphabet::dna();
  const auto groups = vio::train::alike_groups(data.sequences, dna, {.jaccard = 0.1});
  CHECK(nearest_between(data, groups) < 0.1);
  // Whoever is alone in a group is like nobody; the others are like somebody of their group.
  const vio::train::WordSets sets(data.sequences, dna);
  std::map<std::size_t, Rows> rows;
  for (std::size_t row = 0; row < groups.size(); ++row) {
    rows[groups[row]].push_back(row);
  }
  CHECK(rows.size() == 60);
  for (const auto& [group, members] : rows) {
    for (const auto row : members) {
      const bool linked = std::ranges::any_of(members, [&](std::size_t other) {
        return other != row && vio::train::jaccard(sets[row], sets[other]) >= 0.1;
      });
      CHECK(linked == (members.size() > 1));
    }
  }
}

TEST_CASE("equal rows are one group, even without a word") {
  const std::vector<Codes> rows{{0, 1}, {1, 1}, {0, 1}, {}, {}};
  CHECK(vio::train::alike_groups(rows, vio::core::Alphabet::dna(), {.jaccard = 0.5}) ==
        Rows{0, 1, 0, 2, 2});
}

TEST_CASE("a chain of similar rows is one group") {
  std::mt19937 random(3);
  const auto genome = random_codes(random, 160);
  std::vector<Codes> rows;
  for (std::ptrdiff_t begin = 0; begin <= 60; begin += 30) {
    rows.emplace_back(genome.begin() + begin, genome.begin() + begin + 100);
  }
  const auto dna = vio::core::Alphabet::dna();
  const vio::train::WordSets sets(rows, dna);
  REQUIRE(vio::train::jaccard(sets[0], sets[2]) < 0.3);
  CHECK(vio::train::alike_groups(rows, dna, {.jaccard = 0.3}) == Rows{0, 0, 0});
}

TEST_CASE("a split by similarity keeps groups together and classes in proportion") {
  const auto data = families_of_rows(200, 2);
  const auto split = divider(data, SplitBy::similarity).split(0.25);
  CHECK(nearest_between(data, parts_of(split)) < 0.1);
  CHECK(nearest_between(data, parts_of(divider(data, SplitBy::label).split(0.25))) > 0.5);
  for (int k = 0; k < 3; ++k) {
    const auto in_all = static_cast<double>(std::ranges::count(data.labels, k));
    const auto in_test = static_cast<double>(
        std::ranges::count_if(split.test, [&](std::size_t row) { return data.labels[row] == k; }));
    CHECK(std::abs(in_test - 0.25 * in_all) <= 1.5);
  }
  CHECK(divider(data, SplitBy::similarity).split(0.25).test == split.test);
  CHECK(divider(data, SplitBy::similarity, 1).split(0.25).test != split.test);
  CHECK(divider(data, SplitBy::similarity).group_counts().groups == 200);
}

TEST_CASE("folds by similarity keep groups together and are of like size") {
  const auto data = families_of_rows(200, 4);
  const auto fold_of = divider(data, SplitBy::similarity).folds(5);
  CHECK(nearest_between(data, fold_of) < 0.1);
  for (std::size_t fold = 0; fold < 5; ++fold) {
    const auto rows = static_cast<double>(std::ranges::count(fold_of, fold));
    CHECK(std::abs(rows - static_cast<double>(data.size()) / 5) < 4);
  }
}

TEST_CASE("too few groups are an error") {
  Dataset data;
  data.sequences.assign(6, Codes(40, 1));
  data.labels = {0, 1, 0, 1, 0, 1};
  CHECK_THROWS_AS(divider(data, SplitBy::similarity).split(0.3), vio::core::UsageError);
  CHECK_THROWS_AS(divider(data, SplitBy::similarity).folds(2), vio::core::UsageError);
}

TEST_CASE("a split by label counts classes by their names and never tests the only row of one") {
  Dataset data;
  for (int row = 0; row < 31; ++row) {
    data.sequences.push_back({0, 1, 2});
    data.labels.push_back(row == 30 ? 2 : row % 2);
  }
  const auto split = divider(data, SplitBy::label).split(0.3);
  CHECK(split.train.back() == 30);
  CHECK(split.train.size() + split.test.size() == 31);
  const std::vector<std::string> turned{"b", "a", "c"};
  auto renamed = data;
  for (auto& label : renamed.labels) {
    label = label == 2 ? 2 : 1 - label;
  }
  const vio::train::Divider other(renamed, turned, vio::core::Alphabet::dna(), {});
  CHECK(other.split(0.3).test == split.test);
}

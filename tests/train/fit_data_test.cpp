#include "train/fit_data.hpp"

#include <algorithm>
#include <random>

#include "catch.hpp"
#include "train/similar_rows.hpp"
#include "vio/core/error.hpp"
#include "vio/train/split.hpp"

namespace {

using vio::train::FitTables;
using vio::train::Table;

std::string random_sequence(std::mt19937& random, std::size_t length) {
  std::string sequence;
  for (std::size_t i = 0; i < length; ++i) {
    sequence += "ACGT"[random() % 4];
  }
  return sequence;
}

Table random_table(std::size_t rows, std::uint32_t seed) {
  std::mt19937 random(seed);
  Table table{.path = "rows.csv", .rows = {}, .notes = {}};
  for (std::size_t row = 0; row < rows; ++row) {
    table.rows.push_back({.sequence = random_sequence(random, 60),
                          .label = row % 3 == 0 ? "x" : "y",
                          .place = row + 2});
  }
  return table;
}

FitTables random_tables(std::size_t rows) {
  FitTables tables;
  tables.rows = random_table(rows, 1);
  tables.classes = {"x", "y"};
  return tables;
}

vio::model::Spec small_spec() {
  auto spec = vio::model::v1_spec({"x", "y"});
  spec.window = 100;
  return spec;
}

/// With one letter changed in the middle: 39 of 61 words in common.
std::string changed(std::string sequence) {
  auto& letter = sequence[sequence.size() / 2];
  letter = letter == 'A' ? 'C' : 'A';
  return sequence;
}

}  // namespace

TEST_CASE("rows that only train leave the other parts as they are") {
  auto tables = random_tables(30);
  const vio::train::PartOptions options{.validation_fraction = 0.2};
  const auto without = make_parts(tables, small_spec(), options);
  tables.added = random_table(10, 2);
  const auto with = make_parts(tables, small_spec(), options);
  CHECK(with.test.sequences == without.test.sequences);
  CHECK(with.train.size() + with.validation.size() ==
        without.train.size() + without.validation.size() + 10);
}

TEST_CASE("a test table is the test part, and all other rows train") {
  auto tables = random_tables(30);
  tables.test = random_table(6, 3);
  const auto parts = make_parts(tables, small_spec(), {});
  CHECK(parts.train.size() == 30);
  CHECK(parts.test.size() == 6);
  CHECK(parts.test.labels == std::vector<int>{0, 1, 1, 0, 1, 1});
}

TEST_CASE("training rows like a test row or a given sequence are dropped, and counted") {
  auto tables = random_tables(30);
  tables.test = random_table(6, 3);
  tables.added = random_table(5, 4);
  tables.rows.rows[7].sequence = changed(tables.test->rows[2].sequence);
  tables.added->rows[1].sequence = tables.test->rows[4].sequence;
  tables.unlike = Table{.path = "others.fa", .rows = {tables.rows.rows[9]}, .notes = {}};
  const auto spec = small_spec();
  const auto none = make_parts(tables, spec, {});
  CHECK(none.train.size() == 35);
  const auto strict = make_parts(tables, spec, {.drop_similar = 0.5});
  CHECK(strict.train.size() == 32);
  CHECK(strict.dropped_rows == 2);
  CHECK(strict.dropped_added == 1);
  CHECK(strict.test.size() == 6);
  const auto loose = make_parts(tables, spec, {.division = {.threads = 2}, .drop_similar = 0.9});
  CHECK(loose.dropped_rows == 1);
  CHECK(loose.dropped_added == 1);
  const auto added = make_parts(tables, spec, {.drop_similar = 0.5, .drop_added_only = true});
  CHECK(added.dropped_rows == 0);
  CHECK(added.dropped_added == 1);
  CHECK(added.train.size() == 34);
}

TEST_CASE("nothing left to train on is an error") {
  auto tables = random_tables(4);
  tables.test = tables.rows;
  CHECK_THROWS_AS(make_parts(tables, small_spec(), {.drop_similar = 1}), vio::core::UsageError);
}

TEST_CASE("equal sequences are alike, even without a word") {
  using Codes = std::vector<vio::core::Code>;
  const std::vector<Codes> sequences{{0, 1, 2}, {0, 1, 3}};
  const std::vector<Codes> others{{0, 1, 2}, {3, 3, 3, 3}};
  CHECK(vio::train::find_alike(sequences, others, vio::core::Alphabet::dna(), {.jaccard = 0.9}) ==
        std::vector<bool>{true, false});
}

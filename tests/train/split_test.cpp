#include "vio/train/split.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <numeric>
#include <random>
#include <sstream>
#include <string>

#include "catch.hpp"
#include "vio/core/error.hpp"
#include "vio/train/table.hpp"

namespace {

using Rows = std::vector<std::size_t>;

/// Uneven classes, the same arithmetic as in make_split_lists.py.
std::vector<int> uneven_labels(std::size_t rows, std::size_t classes) {
  std::vector<int> labels(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    labels[row] = static_cast<int>(row >= 2 * classes ? row * row % (classes * classes) % classes
                                                      : row % classes);
  }
  return labels;
}

Rows read_rows(std::istream& in) {
  Rows rows;
  for (std::size_t row = 0; in >> row;) {
    rows.push_back(row);
  }
  return rows;
}

void check_is_partition(const vio::train::Split& split, std::size_t rows) {
  auto all = split.train;
  all.insert(all.end(), split.test.begin(), split.test.end());
  std::ranges::sort(all);
  Rows expected(rows);
  std::iota(expected.begin(), expected.end(), std::size_t{0});
  CHECK(all == expected);
}

}  // namespace

TEST_CASE("test rows are those of scikit-learn, in its order") {
  std::ifstream lists(std::string(VIO_TEST_DIR) + "/train/split_cases.txt");
  int cases = 0;
  for (std::string line; std::getline(lists, line); ++cases) {
    std::istringstream fields(line);
    std::size_t rows = 0;
    std::size_t classes = 0;
    double fraction = 0;
    std::uint32_t seed = 0;
    char colon = 0;
    REQUIRE(fields >> rows >> classes >> fraction >> seed >> colon);
    CAPTURE(line);
    const auto split = vio::train::stratified_split(uneven_labels(rows, classes), fraction, seed);
    CHECK(split.test == read_rows(fields));
    check_is_partition(split, rows);
  }
  CHECK(cases == 8);
}

TEST_CASE("folds are those of scikit-learn") {
  std::ifstream lists(std::string(VIO_TEST_DIR) + "/train/fold_cases.txt");
  int cases = 0;
  for (std::string line; std::getline(lists, line); ++cases) {
    std::istringstream fields(line);
    std::size_t rows = 0;
    std::size_t classes = 0;
    std::size_t folds = 0;
    std::uint32_t seed = 0;
    char colon = 0;
    REQUIRE(fields >> rows >> classes >> folds >> seed >> colon);
    CAPTURE(line);
    CHECK(vio::train::stratified_folds(uneven_labels(rows, classes), folds, seed) ==
          read_rows(fields));
  }
  CHECK(cases == 5);
  const std::vector<int> labels{0, 0, 0, 1};
  CHECK_THROWS_AS(vio::train::stratified_folds(labels, 4, 0), vio::core::UsageError);
  CHECK_THROWS_AS(vio::train::stratified_folds(labels, 1, 0), vio::core::UsageError);
}

TEST_CASE("the origin notebook's split of the HeliX genes") {
  const char* table_path = std::getenv("VIO_HELIX_CSV");
  if (table_path == nullptr) {
    WARN("skipped: VIO_HELIX_CSV does not name the HeliX table");
    return;
  }
  const auto table = vio::train::keep_repeated_classes(
      vio::train::load_table({.path = table_path,
                              .sequence_column = "NucleotideSequence",
                              .label_column = "GeneType",
                              .labels_path = ""}));
  const auto classes = vio::train::class_names(table);
  CHECK(table.rows.size() == 8325);
  CHECK(classes.size() == 9);
  const auto split =
      vio::train::stratified_split(vio::train::class_numbers(table, classes), 0.2, 42);
  std::ifstream list(std::string(VIO_TEST_DIR) + "/train/helix_test_indices.txt");
  CHECK(split.train.size() == 6660);
  CHECK(split.test == read_rows(list));
}

TEST_CASE("every part has its share of every class, whatever the sizes") {
  std::mt19937 random(5);
  for (int round = 0; round < 50; ++round) {
    const std::size_t classes = 2 + random() % 9;
    const std::size_t rows = 20 * classes + random() % 300;
    const auto labels = uneven_labels(rows, classes);
    const auto split = vio::train::stratified_split(labels, 0.2, static_cast<std::uint32_t>(round));
    check_is_partition(split, rows);
    for (int k = 0; k < static_cast<int>(classes); ++k) {
      const auto is_k = [&](std::size_t row) { return labels[row] == k; };
      const auto in_all = static_cast<double>(std::ranges::count(labels, k));
      const auto in_test = static_cast<double>(std::ranges::count_if(split.test, is_k));
      CHECK(std::abs(in_test - 0.2 * in_all) < 2);
    }
  }
}

TEST_CASE("a split that cannot be stratified is refused") {
  const std::vector<int> lonely{0, 0, 0, 0, 1};
  CHECK_THROWS_AS(vio::train::stratified_split(lonely, 0.2, 42), vio::core::UsageError);
  const std::vector<int> tiny{0, 0, 1, 1, 2, 2};
  CHECK_THROWS_AS(vio::train::stratified_split(tiny, 0.2, 42), vio::core::UsageError);
  CHECK_THROWS_AS(vio::train::stratified_split({}, 0.2, 42), vio::core::UsageError);
}

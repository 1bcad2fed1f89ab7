#include "train/cross_validation.hpp"

#include "catch.hpp"
#include "small_training.hpp"

namespace {

using vio::train::FitTables;
using vio::train::FoldResult;
using vio::train::Parts;
using vio::train::Predictions;

constexpr vio::train::MeasureOptions kOptions{.resamples = 10, .seed = 0, .threads = 2};

FitTables small_tables(std::size_t rows) {
  FitTables tables;
  tables.rows.path = "rows.csv";
  for (std::size_t row = 0; row < rows; ++row) {
    tables.rows.rows.push_back({.sequence = std::string(row + 1, 'A'),
                                .label = row % 3 == 0 ? "x" : "y",
                                .place = row + 2});
  }
  tables.classes = {"x", "y"};
  return tables;
}

vio::train::PartOptions five_folds() {
  vio::train::PartOptions options;
  options.folds = 5;
  return options;
}

/// Certain of the class that the length of a sequence gives away, but wrong where `wrong` says so.
template <typename Wrong>
Predictions told_by_length(const Parts& parts, Wrong wrong) {
  Predictions predictions{.n_classes = 2, .probabilities = {}, .truth = parts.test.labels};
  for (const auto& sequence : parts.test.sequences) {
    const auto row = sequence.size() - 1;
    const bool is_x = (row % 3 == 0) != wrong(row);
    predictions.probabilities.insert(predictions.probabilities.end(),
                                     {is_x ? 1.0F : 0.0F, is_x ? 0.0F : 1.0F});
  }
  return predictions;
}

}  // namespace

TEST_CASE("a mean over folds has the interval of Student's t") {
  // scipy.stats.t.interval(0.95, 4, loc=3, scale=scipy.stats.sem([1, 2, 3, 4, 5]))
  const auto five = vio::train::fold_mean({1, 2, 3, 4, 5});
  CHECK(five.value == Approx(3));
  CHECK(five.interval.low == Approx(1.036757).epsilon(1e-3));
  CHECK(five.interval.high == Approx(4.963243).epsilon(1e-3));
  // ... of ten values 0, 1, ..., 9
  const auto ten = vio::train::fold_mean({0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK(ten.interval.low == Approx(2.334149).epsilon(3e-4));
}

TEST_CASE("every row is tested once, by a round that did not train on it") {
  const auto tables = small_tables(31);
  const auto spec = vio::model::v1_spec({"x", "y"});
  const auto options = five_folds();
  const vio::train::Folds folds(tables, spec, options);
  std::vector<int> tested(31);
  for (std::size_t fold = 0; fold < folds.size(); ++fold) {
    const auto parts = folds.parts(fold);
    CHECK(parts.train.size() + parts.test.size() == 31);
    for (const auto& sequence : parts.test.sequences) {
      ++tested[sequence.size() - 1];
      CHECK(std::ranges::find(parts.train.sequences, sequence) == parts.train.sequences.end());
    }
  }
  CHECK(tested == std::vector<int>(31, 1));
}

TEST_CASE("pooled scores are those of all rows, whichever fold they were in") {
  const auto tables = small_tables(30);
  const auto spec = vio::model::v1_spec({"x", "y"});
  const auto options = five_folds();
  const vio::train::Folds folds(tables, spec, options);
  const auto run = [](std::size_t, const Parts& parts, FoldResult& result) {
    result.best_epoch = 3;
    return told_by_length(parts, [](std::size_t row) { return row == 0 || row == 1 || row == 4; });
  };
  const auto result = vio::train::cross_validate(
      folds, run, [] { return false; }, kOptions);
  REQUIRE(result.folds.size() == 5);
  CHECK(result.pooled.evaluation.matrix.counts == std::vector<std::int64_t>{9, 1, 2, 18});
  CHECK(result.pooled.evaluation.scores.accuracy == Approx(0.9));
  CHECK(result.means.accuracy.value == Approx(0.9));  // folds of equal size
  CHECK(result.folds[0].test_rows == 6);
  REQUIRE(result.pooled.against);
  const auto& against = *result.pooled.against;
  REQUIRE(against.baselines.size() == 3);
  // The majority class of every round is y: 20 of the 30 rows.
  CHECK(against.baselines[0].evaluation.matrix.counts == std::vector<std::int64_t>{0, 10, 0, 20});
  CHECK_THAT(against.baselines[0].description, Catch::Matchers::Contains("; fold 5: "));
  CHECK(against.overlap.test_rows == 30);
  CHECK(against.overlap.training_rows == 24);
  CHECK(against.overlap.identical == 0);
  CHECK(against.overlap.similar == 20);  // all that have an 11-mer have the same one
  CHECK(against.overlap.unlike == std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  const auto json = vio::train::cross_validation_to_json(result, {"x", "y"});
  CHECK(json["folds"].size() == 5);
  CHECK(json["folds"][4]["last_whole_or_best_epoch"] == 3);
  CHECK(json["pooled"]["accuracy"]["value"] == 0.9);
  const auto text = vio::train::cross_validation_to_text(result, {"x", "y"}, false);
  CHECK_THAT(text, Catch::Matchers::Contains("mean             0.9000"));
}

TEST_CASE("a cross-validation that is stopped keeps the whole rounds") {
  const auto tables = small_tables(30);
  const auto spec = vio::model::v1_spec({"x", "y"});
  const auto options = five_folds();
  const vio::train::Folds folds(tables, spec, options);
  int runs = 0;
  const auto run = [&](std::size_t, const Parts& parts, FoldResult&) {
    return ++runs == 3 ? Predictions{} : told_by_length(parts, [](std::size_t) { return false; });
  };
  const auto result = vio::train::cross_validate(
      folds, run, [&] { return runs == 3; }, kOptions);
  CHECK(result.folds.size() == 2);
}

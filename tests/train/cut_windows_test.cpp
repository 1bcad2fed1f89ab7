#include "train/cut_windows.hpp"

#include "catch.hpp"
#include "small_training.hpp"

using namespace vio;
using namespace vio::train;
using test::largest_difference;
using test::random_rows;
using test::small_residual_spec;
using test::small_vio_recipe;

TEST_CASE("sequences that count as cut are scored as a blind head scores them") {
  auto spec = small_residual_spec();
  spec.length.range_levels = 6;
  const auto data = random_rows(40, 8);
  const auto tensors = fit(spec, data, {}, small_vio_recipe(4, 1), {}).tensors;
  const auto cut = scoring_cut_windows(spec, tensors);
  CHECK(predict(spec, cut, data, {}).probabilities !=
        predict(spec, tensors, data, {}).probabilities);

  // A head that never had the length columns.
  auto blind_spec = spec;
  blind_spec.length = {};
  auto blind = tensors;
  blind.erase("length_ranges.weight");
  auto& hidden = blind.find("hidden.weight")->second;
  const auto columns = static_cast<std::size_t>(hidden.shape[1]);
  std::vector<float> kept;
  for (std::size_t i = 0; i < hidden.values.size(); ++i) {
    if (i % columns < columns - model::kLengthFeatures) {
      kept.push_back(hidden.values[i]);
    }
  }
  hidden.values = kept;
  hidden.shape[1] -= model::kLengthFeatures;
  const auto expected = predict(blind_spec, blind, data, {}).probabilities;
  const auto scored = predict(spec, cut, data, {}).probabilities;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(scored[i] == Approx(expected[i]).margin(1e-6));
  }
}

TEST_CASE("a model that does not mask lengths scores cut sequences like others") {
  auto spec = small_residual_spec();
  const auto tensors = fit(spec, random_rows(20, 8), {}, small_vio_recipe(1, 1), {}).tensors;
  spec.length.cut = model::LengthSpec::Cut::keep;
  CHECK(largest_difference(scoring_cut_windows(spec, tensors), tensors) == 0);
}

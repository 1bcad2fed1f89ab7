#include "train/strands.hpp"

#include <algorithm>

#include "catch.hpp"
#include "small_training.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using namespace vio::train;
using core::Strand;
using test::random_rows;
using test::small_residual_spec;
using test::small_vio_recipe;

namespace {

model::Model trained_model() {
  model::Model model;
  model.spec = small_residual_spec();
  model.tensors = fit(model.spec, random_rows(40, 8), {}, small_vio_recipe(3, 1), {}).tensors;
  return model;
}

}  // namespace

TEST_CASE("the reverse strand is that of the reverse complements, both is the mean of the two") {
  const auto model = trained_model();
  // AACGT and its reverse complement ACGTT; ACGT is its own.
  const Dataset rows{.sequences = {{0, 0, 1, 2, 3}, {0, 1, 2, 3}}, .labels = {0, 1}};
  const Dataset turned{.sequences = {{0, 1, 2, 3, 3}, {0, 1, 2, 3}}, .labels = {0, 1}};
  const auto forward = predict_strand(model, rows, {}, Strand::forward);
  const auto reverse = predict_strand(model, rows, {}, Strand::reverse);
  const auto both = predict_strand(model, rows, {}, Strand::both);
  CHECK(forward.probabilities == predict(model.spec, model.tensors, rows, {}).probabilities);
  CHECK(reverse.probabilities == predict(model.spec, model.tensors, turned, {}).probabilities);
  CHECK(forward.row(0)[0] != reverse.row(0)[0]);
  CHECK(forward.row(1)[0] == reverse.row(1)[0]);
  CHECK(both.truth == rows.labels);
  for (std::size_t i = 0; i < both.probabilities.size(); ++i) {
    const auto mean = (forward.probabilities[i] + reverse.probabilities[i]) / 2;
    CHECK(both.probabilities[i] == Approx(mean).margin(1e-7));
  }
}

TEST_CASE("an alphabet without complements has one strand") {
  auto model = trained_model();
  model.spec.alphabet = core::Alphabet::protein();
  CHECK_THROWS_AS(
      predict_strand(model, random_rows(2, 1), {}, core::parse_strand("both", model.spec.alphabet)),
      core::UsageError);
}

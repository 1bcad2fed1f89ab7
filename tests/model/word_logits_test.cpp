#include "vio/model/word_logits.hpp"

#include <cmath>
#include <numeric>

#include "catch.hpp"
#include "random_model.hpp"

using namespace vio;

namespace {

using Codes = std::vector<core::Code>;

std::vector<std::size_t> rows_of(const Codes& codes, int length, std::size_t symbols) {
  std::vector<std::size_t> rows;
  model::WordRows(length, symbols).for_each(codes, [&](std::size_t row) { rows.push_back(row); });
  return rows;
}

model::Spec dna_words(int length, std::size_t classes) {
  model::Spec spec;
  spec.words.length = length;
  spec.classes.resize(classes);
  return spec;
}

std::vector<float> random_weights(const model::Spec& spec, std::mt19937& random) {
  std::normal_distribution<float> normal;
  std::vector<float> weights(static_cast<std::size_t>(model::word_rows(spec.words, spec.alphabet)) *
                             spec.classes.size());
  std::ranges::generate(weights, [&] { return normal(random); });
  return weights;
}

}  // namespace

TEST_CASE("a word's row is its codes as digits; no word holds an unknown symbol") {
  CHECK(rows_of({0, 1, 2, 3}, 2, 4) == std::vector<std::size_t>{1, 6, 11});
  CHECK(rows_of({3, 3, 3}, 3, 4) == std::vector<std::size_t>{63});
  CHECK(rows_of({1, 2, 4, 1, 2, 3, 5, 0}, 2, 4) == std::vector<std::size_t>{6, 6, 11});
  CHECK(rows_of({1, 2}, 3, 4).empty());
  CHECK(rows_of({}, 1, 4).empty());
  CHECK(rows_of({7, 19}, 1, 20) == std::vector<std::size_t>{7, 19});
}

TEST_CASE("rows of a table of words") {
  CHECK(model::word_rows({0}, core::Alphabet::dna()) == 0);
  CHECK(model::word_rows({6}, core::Alphabet::dna()) == 4096);
  CHECK(model::word_rows({2}, core::Alphabet::protein()) == 400);
}

TEST_CASE("words add their mean row, with any number of classes") {
  std::mt19937 random(3);
  for (const std::size_t classes : {2U, 4U, 9U, 13U, 16U, 17U, 40U}) {
    CAPTURE(classes);
    const auto spec = dna_words(3, classes);
    const auto weights = random_weights(spec, random);
    const model::WordLogits words(spec, weights);
    Codes codes(300);
    std::ranges::generate(codes, [&] { return static_cast<core::Code>(random() % 5); });
    std::vector<double> sums(classes);
    const auto rows = rows_of(codes, 3, 4);
    for (const auto row : rows) {
      for (std::size_t k = 0; k < classes; ++k) {
        sums[k] += weights[row * classes + k];
      }
    }
    std::vector<float> logits(classes, 1.0F);
    words.add_to_logits(codes, logits);
    for (std::size_t k = 0; k < classes; ++k) {
      CHECK(logits[k] == Approx(1 + sums[k] / static_cast<double>(rows.size())).margin(1e-6));
    }
  }
}

TEST_CASE("probabilities with words are a softmax, of logits far apart too") {
  const auto spec = dna_words(1, 3);
  std::vector<float> weights(12, 0.0F);
  weights[1] = 1;     // A speaks for the second class
  weights[4] = 2000;  // and C far more
  const model::WordLogits words(spec, weights);
  std::vector<float> probabilities{0.5F, 0.25F, 0.25F};
  words.add_to_probabilities(Codes{0, 0}, probabilities);
  const double total = 0.75 + 0.25 * std::exp(1.0);
  CHECK(probabilities[0] == Approx(0.5 / total));
  CHECK(probabilities[1] == Approx(0.25 * std::exp(1.0) / total));
  words.add_to_probabilities(Codes{1}, probabilities);
  CHECK(probabilities == std::vector<float>{0, 1, 0});
  // A probability of 0 has no logarithm, but stays one.
  words.add_to_probabilities(Codes{0}, probabilities);
  CHECK(probabilities[1] == Approx(1));
}

TEST_CASE("a window without words keeps its probabilities") {
  const auto spec = dna_words(4, 2);
  std::mt19937 random(4);
  const model::WordLogits words(spec, random_weights(spec, random));
  const std::vector<float> before{0.7F, 0.3F};
  auto probabilities = before;
  words.add_to_probabilities(Codes{0, 1, 2, 4, 0, 1}, probabilities);
  CHECK(probabilities == before);
  words.add_to_probabilities(Codes{4, 0, 1, 2, 3}, probabilities);
  CHECK(probabilities != before);
}

#include "train/words.hpp"

#include "catch.hpp"
#include "small_training.hpp"
#include "train/temperature.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using namespace vio::train;
using test::random_rows;
using test::small_residual_spec;
using test::small_vio_recipe;

namespace {

model::Spec spec_with_words(int length) {
  auto spec = small_residual_spec();
  spec.words.length = length;
  return spec;
}

/// A network that says nothing, so that words alone decide.
model::TensorMap silent_network(const model::Spec& spec) {
  model::TensorMap tensors;
  for (const auto& [name, shape] : model::tensor_shapes(spec)) {
    std::size_t size = 1;
    for (const auto n : shape) {
      size *= static_cast<std::size_t>(n);
    }
    if (name != "words.weight") {
      tensors[name] = {shape, std::vector<float>(size, 0.0F)};
    }
  }
  return tensors;
}

}  // namespace

TEST_CASE("words learn what tells classes apart") {
  const auto spec = spec_with_words(2);
  auto tensors = silent_network(spec);
  add_words(spec, tensors, random_rows(200, 1), {.share = 0.9, .threads = 2});
  model::check_tensors(spec, tensors, "the test");
  const auto fresh = random_rows(200, 2);
  CHECK(scores(confusion_matrix(predict(spec, tensors, fresh, {}))).accuracy > 0.9);
  // C and G speak for class 1, A and T for class 0.
  const auto& table = tensors["words.weight"].values;
  const auto margin = [&](std::size_t row) { return table[row * 2 + 1] - table[row * 2]; };
  CHECK(margin(1 * 4 + 2) > 0);
  CHECK(margin(3 * 4 + 0) < 0);
}

TEST_CASE("words of a share of 0 say nothing, and a share is taken from the network's logits") {
  const auto spec = spec_with_words(2);
  const auto data = random_rows(60, 3);
  auto options = small_vio_recipe(2, 1);
  options.word_share = 0;
  const auto network = fit(spec, data, {}, options, {}).tensors;
  for (const float weight : network.find("words.weight")->second.values) {
    CHECK(weight == 0.0F);
  }
  options.word_share = 0.25;
  const auto mixed = fit(spec, data, {}, options, {}).tensors;
  const auto& alone = network.find("classifier.weight")->second.values;
  const auto& shared = mixed.find("classifier.weight")->second.values;
  for (std::size_t i = 0; i < alone.size(); ++i) {
    CHECK(shared[i] == Approx(0.75 * alone[i]).margin(1e-7));
  }
  CHECK(mixed.find("words.weight")->second.values != network.find("words.weight")->second.values);
}

TEST_CASE("words that cannot be fitted are refused before the network is trained") {
  auto options = small_vio_recipe(1, 1);
  CHECK_THROWS_AS(fit(spec_with_words(10), random_rows(20, 6), {}, options, {}), core::UsageError);
  options.word_share = 1;
  CHECK_THROWS_AS(fit(spec_with_words(1), random_rows(20, 6), {}, options, {}), core::UsageError);
}

TEST_CASE("a temperature that is folded in is the model's own, words included") {
  const auto spec = spec_with_words(2);
  const auto data = random_rows(60, 7);
  auto tensors = fit(spec, data, {}, small_vio_recipe(2, 1), {}).tensors;
  const auto expected = at_temperature(predict(spec, tensors, data, {}), 2);
  divide_logits(tensors, 2);
  const auto folded = predict(spec, tensors, data, {});
  for (std::size_t i = 0; i < expected.probabilities.size(); ++i) {
    CHECK(folded.probabilities[i] == Approx(expected.probabilities[i]).margin(1e-5));
  }
}

TEST_CASE("words do not depend on the number of threads") {
  const auto spec = spec_with_words(3);
  auto one = silent_network(spec);
  auto three = one;
  add_words(spec, one, random_rows(90, 4), {.share = 0.25, .threads = 1});
  add_words(spec, three, random_rows(90, 4), {.share = 0.25, .threads = 3});
  CHECK(test::largest_difference(one, three) == 0);
}

TEST_CASE("a run that was stopped is a whole model whose words say nothing") {
  const auto spec = spec_with_words(2);
  const FitHooks hooks{.on_step = {}, .on_epoch = {}, .stop = [] { return true; }};
  const auto result = fit(spec, random_rows(60, 5), {}, small_vio_recipe(2, 1), hooks);
  REQUIRE(result.stopped);
  model::check_tensors(spec, result.tensors, "the test");
  for (const float weight : result.tensors.find("words.weight")->second.values) {
    CHECK(weight == 0.0F);
  }
}

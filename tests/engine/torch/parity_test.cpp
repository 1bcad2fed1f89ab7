// The torch engine, as the program loads it and with its GPU path on the CPU, against the oracle.

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "catch.hpp"
#include "engine/torch/batched_engine.hpp"
#include "largest_difference.hpp"
#include "random_cases.hpp"
#include "vio/engine/reference/reference_engine.hpp"
#include "vio/engine/registry.hpp"

using namespace vio;
using test::largest_difference;
using test::RandomCases;

namespace {

constexpr int kSpecs = 120;
constexpr std::size_t kWindows = 6;
constexpr double kTolerance = 1e-5;

enum class Sharing { none, allowed };

std::vector<float> scores(engine::Engine& engine, const model::Model& model,
                          const std::vector<window::Window>& windows,
                          Sharing sharing = Sharing::none) {
  std::vector<float> probabilities(windows.size() * model.spec.classes.size(), -1.0F);
  const auto work = engine.score(windows, probabilities);
  std::uint64_t requested = 0;
  for (const auto& window : windows) {
    requested += static_cast<std::uint64_t>(window.length());
  }
  CHECK(work.positions_requested == requested);
  CHECK(work.positions_computed >= (sharing == Sharing::none ? requested : 1));
  return probabilities;
}

std::unique_ptr<engine::Engine> batched_on_cpu(const std::shared_ptr<const model::Model>& model) {
  constexpr std::size_t kBatch = 4;
  return std::make_unique<engine::BatchedEngine>(model, "cpu", kBatch,
                                                 engine::make_batch_runners(*model, "cpu", 2));
}

}  // namespace

TEST_CASE("torch scores random specs and windows as the reference does") {
  RandomCases cases(20240611);
  double alone = 0;
  double batched = 0;
  double spread = 0;
  for (int i = 0; i < kSpecs; ++i) {
    CAPTURE(i);
    const auto model = cases.model(cases.spec());
    CAPTURE(model::spec_to_json(model->spec));
    const auto given = test::random_windows(cases, model->spec, kWindows);
    engine::ReferenceEngine reference(model);
    const auto expected = scores(reference, *model, given->windows);
    const auto torch = engine::make_engine("torch", model, {.device = "cpu"});
    REQUIRE(torch->device() == "cpu");
    const double one = largest_difference(expected, scores(*torch, *model, given->windows));
    CHECK(one < kTolerance);
    const auto in_batches = batched_on_cpu(model);
    const double two =
        largest_difference(expected, scores(*in_batches, *model, given->windows, Sharing::allowed));
    CHECK(two < kTolerance);
    alone = std::max(alone, one);
    batched = std::max(batched, two);
    const auto [low, high] = std::minmax_element(expected.begin(), expected.end());
    spread += (*high - *low) / kSpecs;
  }
  INFO("worst alone " << alone << ", batched " << batched << ", mean spread " << spread);
  // Weights that always gave 0, 1 or the same number would prove nothing.
  CHECK(spread > 0.2);
  CHECK(spread < 0.95);
}

TEST_CASE("the shipped architectures at full size agree with the reference") {
  RandomCases cases(7);
  for (const auto& spec : {model::v1_spec({"a", "b", "c"}), model::vio_s_spec({"a", "b", "c"})}) {
    CAPTURE(spec.channels, spec.blocks.size(), spec.fixed_window);
    const auto model = cases.model(spec);
    test::Windows given{cases.block_of(1200), {}, {}};
    for (const auto& [begin, end] : {std::pair{0, 1000}, {150, 1150}, {7, 8}, {40, 335}}) {
      given.windows.push_back(test::plain_view(given.block, begin, end));
    }
    engine::ReferenceEngine reference(model);
    const auto expected = scores(reference, *model, given.windows);
    const auto torch = engine::make_engine("torch", model, {.device = "cpu"});
    CHECK(largest_difference(expected, scores(*torch, *model, given.windows)) < kTolerance);
    const auto in_batches = batched_on_cpu(model);
    CHECK(largest_difference(
              expected, scores(*in_batches, *model, given.windows, Sharing::allowed)) < kTolerance);
  }
}

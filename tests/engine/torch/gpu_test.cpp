// The torch engine on a GPU, where there is one, against the oracle. docs/cli.md promises 1e-5.

#include <memory>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "engine/fused/random_windows.hpp"
#include "engine/torch/device.hpp"
#include "largest_difference.hpp"
#include "random_cases.hpp"
#include "vio/engine/reference/reference_engine.hpp"
#include "vio/engine/registry.hpp"

using namespace vio;
using test::largest_difference;
using test::RandomCases;

namespace {

constexpr double kTolerance = 1e-5;
constexpr int kSpecs = 150;

bool gpu_is_there() {
  const bool there = engine::choose_device("auto") != "cpu";
  if (!there) {
    WARN("skipped: LibTorch finds no GPU");
  }
  return there;
}

std::vector<float> scores(engine::Engine& engine, std::span<const window::Window> windows,
                          std::size_t classes) {
  std::vector<float> probabilities(windows.size() * classes, -1.0F);
  engine.score(windows, probabilities);
  return probabilities;
}

std::unique_ptr<engine::Engine> on_gpu(const std::shared_ptr<const model::Model>& model,
                                       std::size_t batch) {
  auto engine = engine::make_engine("torch", model, {.device = "cuda", .batch_size = batch});
  REQUIRE(engine->device().starts_with("cuda:0"));
  return engine;
}

/// Of the reference's scores of `windows`.
double gpu_difference(const std::shared_ptr<const model::Model>& model,
                      std::span<const window::Window> windows, std::size_t batch) {
  const auto classes = model->spec.classes.size();
  engine::ReferenceEngine reference(model);
  return largest_difference(scores(reference, windows, classes),
                            scores(*on_gpu(model, batch), windows, classes));
}

}  // namespace

TEST_CASE("a GPU scores random specs and windows as the reference does", "[gpu]") {
  if (!gpu_is_there()) {
    return;
  }
  RandomCases cases(31);
  for (int i = 0; i < kSpecs; ++i) {
    CAPTURE(i);
    const auto model = cases.model(cases.spec());
    CAPTURE(model::spec_to_json(model->spec));
    const auto given = test::random_windows(cases, model->spec, 12);
    CHECK(gpu_difference(model, given->windows, 5) < kTolerance);
  }
}

TEST_CASE("windows that share work on a GPU score as the reference scores them alone", "[gpu]") {
  if (!gpu_is_there()) {
    return;
  }
  std::mt19937 random(32);
  for (int i = 0; i < kSpecs; ++i) {
    CAPTURE(i);
    const auto model =
        std::make_shared<model::Model>(test::random_model(test::random_spec(random), random));
    CAPTURE(model::spec_to_json(model->spec));
    const auto batch = test::random_windows(random, model->spec, 16);
    CHECK(gpu_difference(model, batch.windows, 64) < kTolerance);
  }
}

TEST_CASE("a GPU's scores of the shipped architectures keep to the batch size and to threads",
          "[gpu]") {
  if (!gpu_is_there()) {
    return;
  }
  RandomCases cases(33);
  for (const auto& spec : {model::v1_spec({"a", "b", "c"}), model::vio_s_spec({"a", "b", "c"})}) {
    CAPTURE(spec.channels);
    const auto model = cases.model(spec);
    test::Windows given{cases.block_of(6000), {}, {}};
    for (int begin = 0; begin + 1000 <= 6000; begin += 250) {
      given.windows.push_back(test::plain_view(given.block, begin, begin + 1000));
    }
    engine::ReferenceEngine reference(model);
    const auto expected = scores(reference, given.windows, 3);
    for (const std::size_t batch : {1U, 7U, 1024U}) {
      CAPTURE(batch);
      const auto gpu = on_gpu(model, batch);
      constexpr int kThreads = 4;
      std::vector<std::vector<float>> scored(kThreads);
      std::vector<std::thread> threads;
      threads.reserve(kThreads);
      for (auto& own : scored) {
        threads.emplace_back([&] { own = scores(*gpu, given.windows, 3); });
      }
      for (auto& thread : threads) {
        thread.join();
      }
      for (const auto& own : scored) {
        CHECK(largest_difference(own, expected) < kTolerance);
      }
    }
  }
}

// Windows that share work on a device, with the device's path on the CPU: as the reference scores
// them alone.

#include <algorithm>
#include <cmath>
#include <deque>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "engine/fused/random_windows.hpp"
#include "engine/torch/batched_engine.hpp"
#include "largest_difference.hpp"
#include "vio/engine/reference/reference_engine.hpp"

using namespace vio;
using test::largest_difference;

namespace {

constexpr int kSpecs = 300;
constexpr float kTolerance = 1e-4F;

struct Scored {
  std::vector<float> probabilities;
  engine::Work work;
};

Scored score(engine::Engine& engine, std::span<const window::Window> windows, std::size_t classes) {
  Scored scored;
  scored.probabilities.assign(windows.size() * classes, -1.0F);
  scored.work = engine.score(windows, scored.probabilities);
  return scored;
}

std::unique_ptr<engine::Engine> device_path(const std::shared_ptr<const model::Model>& model,
                                            std::size_t batch) {
  return std::make_unique<engine::BatchedEngine>(model, "cpu", batch,
                                                 engine::make_batch_runners(*model, "cpu", 1));
}

model::Spec sharing_spec(std::mt19937& random) {
  auto spec = test::random_spec(random);
  spec.window = test::any_of(random, {1, 7, 40, 90, 200});
  std::erase(spec.pooling.kinds, model::PoolKind::log_sum_exp);
  if (spec.pooling.kinds.empty()) {
    spec.pooling.kinds.push_back(model::PoolKind::max);
  }
  return spec;
}

/// Windows of 1000 every `stride` positions; with `alts` that many SNVs in the middle of each.
struct Tiled {
  window::Block block;
  std::deque<std::vector<core::Code>> alts;
  std::vector<window::Window> windows;

  Tiled(std::mt19937& random, int count, int stride, int alts_each) {
    block.codes = test::random_codes(random, 1000 + count * stride, 4);
    for (int i = 0; i < count; ++i) {
      window::Window window;
      window.block = &block;
      window.begin = std::int64_t{i} * stride;
      window.end = window.begin + 1000;
      windows.push_back(window);
      const auto at = window.begin + 500;
      const auto ref = block.codes[static_cast<std::size_t>(at)];
      for (int alt = 1; alt <= alts_each; ++alt) {
        alts.push_back({static_cast<core::Code>((ref + alt) % 4)});
        window.edit = window::Edit{at, 1, alts.back()};
        windows.push_back(window);
      }
    }
  }
};

double reuse(const engine::Work& work) {
  return static_cast<double>(work.positions_requested) /
         static_cast<double>(work.positions_computed);
}

}  // namespace

TEST_CASE("windows that share work on a device score as the reference scores them alone") {
  std::mt19937 random(51);
  int shared = 0;
  for (int round = 0; round < kSpecs; ++round) {
    CAPTURE(round);
    const auto model =
        std::make_shared<model::Model>(test::random_model(sharing_spec(random), random));
    CAPTURE(model::spec_to_json(model->spec));
    const auto classes = model->spec.classes.size();
    const auto batch = test::random_windows(random, model->spec, 16);
    engine::ReferenceEngine reference(model);
    const auto expected = score(reference, batch.windows, classes);
    const auto torch = device_path(model, 64);
    const auto scored = score(*torch, batch.windows, classes);
    REQUIRE(largest_difference(scored.probabilities, expected.probabilities) < kTolerance);
    REQUIRE(scored.work.positions_requested == expected.work.positions_requested);
    shared += scored.work.positions_computed < scored.work.positions_requested ? 1 : 0;
  }
  // Batches that never shared would prove nothing.
  CHECK(shared > kSpecs / 4);
}

TEST_CASE("what a device computes of overlapping windows and of neighbouring SNVs") {
  std::mt19937 random(52);
  const std::vector<std::string> classes{"a", "b"};
  struct Wanted {
    model::Spec spec;
    double overlapping;
    double snvs;
  };
  for (const auto& [spec, overlapping, snvs] :
       {Wanted{model::v1_spec(classes), 6, 50}, Wanted{model::vio_s_spec(classes), 5, 12}}) {
    CAPTURE(spec.channels);
    const auto model = std::make_shared<model::Model>(test::random_model(spec, random));
    engine::ReferenceEngine reference(model);
    const auto torch = device_path(model, 1024);
    const Tiled windows(random, 40, 100, 0);
    const auto scored = score(*torch, windows.windows, 2);
    CHECK(reuse(scored.work) > overlapping);
    const Tiled variants(random, 200, 1, 3);
    const auto variants_scored = score(*torch, variants.windows, 2);
    CHECK(reuse(variants_scored.work) > snvs);
    for (const std::size_t i : {0U, 17U, 39U}) {
      const auto alone = score(reference, {&windows.windows[i], 1}, 2);
      CHECK(std::abs(alone.probabilities[0] - scored.probabilities[i * 2]) < kTolerance);
    }
    for (const std::size_t i : {0U, 1U, 403U, 799U}) {
      const auto alone = score(reference, {&variants.windows[i], 1}, 2);
      CHECK(std::abs(alone.probabilities[0] - variants_scored.probabilities[i * 2]) < kTolerance);
    }
  }
}

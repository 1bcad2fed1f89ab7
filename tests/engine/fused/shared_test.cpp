#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "engine/fused/random_windows.hpp"
#include "vio/engine/fused/fused_engine.hpp"
#include "vio/engine/reference/reference_engine.hpp"

// What windows share changes nothing: a batch scores, to the bit, as its windows do alone, and as
// the reference engine does to 1e-4.

namespace {

using namespace vio;

std::vector<float> score(engine::Engine& engine, std::span<const window::Window> windows,
                         std::size_t classes) {
  std::vector<float> probabilities(windows.size() * classes);
  (void)engine.score(windows, probabilities);
  return probabilities;
}

/// More of them with VIO_RANDOM_CASES (scripts/test-long.sh).
int cases() {
  const char* const wanted = std::getenv("VIO_RANDOM_CASES");
  return wanted == nullptr ? 500 : std::atoi(wanted);
}

model::Spec sharing_spec(std::mt19937& random) {
  auto spec = test::random_spec(random);
  spec.window = test::any_of(random, {1, 7, 40, 90, 200});
  if (test::coin(random)) {
    std::erase(spec.pooling.kinds, model::PoolKind::log_sum_exp);
    if (spec.pooling.kinds.empty()) {
      spec.pooling.kinds.push_back(model::PoolKind::max);
    }
  }
  return spec;
}

}  // namespace

TEST_CASE("windows that share work score to the bit as they do alone, and as the reference") {
  std::mt19937 random(31);
  for (int round = 0; round < cases(); ++round) {
    CAPTURE(round);
    const auto model =
        std::make_shared<model::Model>(test::random_model(sharing_spec(random), random));
    const auto classes = model->spec.classes.size();
    const auto batch = test::random_windows(random, model->spec, 12);
    engine::FusedEngine engine(model);
    engine::ReferenceEngine reference(model);
    const auto together = score(engine, batch.windows, classes);
    const auto expected = score(reference, batch.windows, classes);
    for (std::size_t i = 0; i < batch.windows.size(); ++i) {
      CAPTURE(i);
      const auto alone = score(engine, {&batch.windows[i], 1}, classes);
      REQUIRE(std::equal(alone.begin(), alone.end(), together.data() + i * classes));
      for (std::size_t c = 0; c < classes; ++c) {
        REQUIRE(std::abs(alone[c] - expected[i * classes + c]) < 1e-4F);
      }
    }
  }
}

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <vector>

#include "catch.hpp"
#include "engine/scoring.hpp"
#include "model/random_model.hpp"
#include "vio/engine/fused/fused_engine.hpp"

namespace {

using namespace vio;

std::vector<std::vector<float>> fused(const model::Model& model,
                                      const std::vector<test::Sequence>& sequences) {
  engine::FusedEngine engine(std::make_shared<model::Model>(model));
  return test::score_with(engine, model, sequences);
}

}  // namespace

TEST_CASE("the fused engine agrees with the reference on random members of the family") {
  std::mt19937 random(21);
  float worst = 0;
  for (int round = 0; round < 500; ++round) {
    CAPTURE(round);
    const auto model = test::random_model(test::random_spec(random), random);
    std::vector<test::Sequence> sequences;
    for (int i = 0; i < 4; ++i) {
      const int length = test::between(random, 1, model.spec.window);
      std::vector<core::Code> codes(static_cast<std::size_t>(length));
      std::generate(codes.begin(), codes.end(), [&] {
        return static_cast<core::Code>(test::between(random, 0, model.spec.alphabet.size()));
      });
      sequences.push_back({codes, test::coin(random)});
    }
    const auto expected = test::score(model, sequences);
    const auto scored = fused(model, sequences);
    for (std::size_t i = 0; i < sequences.size(); ++i) {
      for (std::size_t c = 0; c < expected[i].size(); ++c) {
        worst = std::max(worst, std::abs(expected[i][c] - scored[i][c]));
      }
    }
    REQUIRE(worst < 1e-4F);
  }
  INFO(worst);
}

#include <algorithm>
#include <memory>
#include <numeric>
#include <random>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "engine/scoring.hpp"
#include "model/random_model.hpp"

// What every engine promises about windows, shown for the reference engine.

namespace {

using namespace vio;

std::vector<core::Code> random_codes(std::mt19937& random, int size, int symbols) {
  std::vector<core::Code> codes(static_cast<std::size_t>(size));
  std::generate(codes.begin(), codes.end(),
                [&] { return static_cast<core::Code>(test::between(random, 0, symbols)); });
  return codes;
}

model::Spec dna_spec(std::mt19937& random) {
  auto spec = test::random_spec(random);
  spec.alphabet = core::Alphabet::dna();
  spec.window = 24;
  return spec;
}

std::vector<float> score_window(engine::Engine& engine, const window::Window& window,
                                std::size_t classes) {
  std::vector<float> probabilities(classes);
  (void)engine.score({&window, 1}, probabilities);
  return probabilities;
}

}  // namespace

TEST_CASE("a window's scores do not depend on what else is in the batch") {
  std::mt19937 random(11);
  for (int round = 0; round < 40; ++round) {
    const auto model = test::random_model(test::random_spec(random), random);
    std::vector<test::Sequence> sequences;
    for (int i = 0; i < 5; ++i) {
      const int length = test::between(random, 1, model.spec.window);
      sequences.push_back(
          {random_codes(random, length, model.spec.alphabet.size()), test::coin(random)});
    }
    const auto together = test::score(model, sequences);
    for (std::size_t i = 0; i < sequences.size(); ++i) {
      CHECK(test::score(model, {sequences[i]})[0] == together[i]);
    }
  }
}

TEST_CASE("an edited and a reversed window score as the sequence that they spell") {
  std::mt19937 random(12);
  const window::Block block{random_codes(random, 60, 4)};
  const std::vector<core::Code> alt{3, 0, 4, 1};
  std::vector<core::Code> spelled(block.codes.begin() + 20, block.codes.begin() + 38);
  spelled.erase(spelled.begin() + 5, spelled.begin() + 7);
  spelled.insert(spelled.begin() + 5, alt.begin(), alt.end());
  std::vector<core::Code> turned(spelled.rbegin(), spelled.rend());
  for (auto& code : turned) {
    code = code < 4 ? static_cast<core::Code>(3 - code) : code;
  }
  for (int round = 0; round < 40; ++round) {
    const auto model = std::make_shared<model::Model>(test::random_model(dna_spec(random), random));
    engine::ReferenceEngine engine(model);
    window::Window window{&block, 20, 38, window::Edit{25, 2, alt}, false, true};
    const auto classes = model->spec.classes.size();
    CHECK(score_window(engine, window, classes) == test::score(*model, {{spelled, true}})[0]);
    window.reverse = true;
    CHECK(score_window(engine, window, classes) == test::score(*model, {{turned, true}})[0]);
  }
}

TEST_CASE("work counts real positions as requested and padding as computed") {
  std::mt19937 random(13);
  auto spec = dna_spec(random);
  const window::Block block{random_codes(random, 24, 4)};
  const std::vector<window::Window> windows{{&block, 0, 24, {}, false, true},
                                            {&block, 3, 10, {}, false, false}};
  std::vector<float> probabilities(windows.size() * spec.classes.size());
  for (const bool fixed : {true, false}) {
    spec.fixed_window = fixed;
    spec.pooling.over_padding = false;
    const auto model = std::make_shared<model::Model>(test::random_model(spec, random));
    const auto work = engine::ReferenceEngine(model).score(windows, probabilities);
    CHECK(work.positions_requested == 24 + 7);
    CHECK(work.positions_computed == (fixed ? 24 + 24 : 24 + 7));
  }
}

TEST_CASE("probabilities are finite and sum to one") {
  std::mt19937 random(14);
  for (int round = 0; round < 200; ++round) {
    const auto model = test::random_model(test::random_spec(random), random);
    const auto codes = random_codes(random, test::between(random, 1, model.spec.window),
                                    model.spec.alphabet.size());
    const auto row = test::score(model, {{codes, false}})[0];
    CHECK(std::accumulate(row.begin(), row.end(), 0.0) == Approx(1.0));
    CHECK(std::all_of(row.begin(), row.end(), [](float p) { return p >= 0 && p <= 1; }));
  }
}

TEST_CASE("many threads may score at once") {
  std::mt19937 random(15);
  const auto model = std::make_shared<model::Model>(test::random_model(dna_spec(random), random));
  const window::Block block{random_codes(random, 24, 4)};
  const window::Window window{&block, 0, 24, {}, false, true};
  const auto classes = model->spec.classes.size();
  engine::ReferenceEngine engine(model);
  const auto alone = score_window(engine, window, classes);
  std::vector<std::vector<float>> results(8);
  std::vector<std::thread> threads;
  threads.reserve(results.size());
  for (auto& result : results) {
    threads.emplace_back([&] {
      for (int round = 0; round < 20; ++round) {
        result = score_window(engine, window, classes);
      }
    });
  }
  for (auto& thread : threads) {
    thread.join();
  }
  for (const auto& result : results) {
    CHECK(result == alone);
  }
}

// On the CPU a window's bits depend on the window alone.

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "random_cases.hpp"
#include "vio/core/error.hpp"
#include "vio/engine/registry.hpp"

using namespace vio;
using test::RandomCases;

namespace {

std::vector<float> scores(engine::Engine& engine, std::span<const window::Window> windows,
                          std::size_t classes) {
  std::vector<float> probabilities(windows.size() * classes);
  engine.score(windows, probabilities);
  return probabilities;
}

struct Case {
  std::shared_ptr<const model::Model> model;
  std::unique_ptr<test::Windows> given;
  std::unique_ptr<engine::Engine> engine;
  std::vector<float> expected;
};

Case make_case(RandomCases& cases, const model::Spec& spec, std::size_t windows) {
  Case made;
  made.model = cases.model(spec);
  made.given = test::random_windows(cases, spec, windows);
  made.engine = engine::make_engine("torch", made.model, {.device = "cpu", .threads = 4});
  made.expected = scores(*made.engine, made.given->windows, spec.classes.size());
  return made;
}

}  // namespace

TEST_CASE("a window's bits do not depend on its neighbours in the batch") {
  RandomCases cases(11);
  for (const auto& spec : {model::v1_spec({"a", "b"}), model::vio_s_spec({"a", "b", "c"})}) {
    const auto made = make_case(cases, spec, 24);
    const std::span<const window::Window> windows(made.given->windows);
    for (const std::size_t batch : {1U, 7U, 16U}) {
      std::vector<float> together;
      for (std::size_t begin = 0; begin < windows.size(); begin += batch) {
        const auto part = windows.subspan(begin, std::min(batch, windows.size() - begin));
        const auto some = scores(*made.engine, part, spec.classes.size());
        together.insert(together.end(), some.begin(), some.end());
      }
      CHECK(together == made.expected);
    }
  }
}

TEST_CASE("many threads score at once and get the same bits") {
  RandomCases cases(12);
  const auto made = make_case(cases, model::v1_spec({"a", "b", "c"}), 12);
  std::atomic<int> equal = 0;
  constexpr int kThreads = 4;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back(
        [&] { equal += scores(*made.engine, made.given->windows, 3) == made.expected ? 1 : 0; });
  }
  for (auto& thread : threads) {
    thread.join();
  }
  CHECK(equal == kThreads);
}

TEST_CASE("probabilities of a window sum to one") {
  RandomCases cases(13);
  const auto made = make_case(cases, model::vio_s_spec({"a", "b", "c", "d"}), 10);
  for (std::size_t row = 0; row < 10; ++row) {
    double sum = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      sum += made.expected[row * 4 + k];
    }
    CHECK(sum == Approx(1).epsilon(1e-5));
  }
}

TEST_CASE("a window that a fixed-window model cannot take is refused, not read past its end") {
  RandomCases cases(14);
  auto spec = model::v1_spec({"a", "b"});
  spec.window = 50;
  const auto model = cases.model(spec);
  const auto torch = engine::make_engine("torch", model, {.device = "cpu"});
  const auto block = cases.block_of(60);
  const std::vector<window::Window> windows{test::plain_view(block, 0, 51)};
  std::vector<float> probabilities(2);
  CHECK_THROWS_AS(torch->score(windows, probabilities), core::InternalError);
}

TEST_CASE("a model whose tensors are not those of its spec is refused") {
  RandomCases cases(15);
  auto broken = std::make_shared<model::Model>(*cases.model(model::v1_spec({"a", "b"})));
  broken->tensors.erase("classifier.bias");
  CHECK_THROWS_AS(engine::make_engine("torch", broken, {.device = "cpu"}), core::ModelError);
}

TEST_CASE("a device that is not there is a usage error with a sentence") {
  RandomCases cases(16);
  const auto model = cases.model(model::v1_spec({"a", "b"}));
  for (const auto* device : {"gpu", "cuda:", "cuda:x", "cuda:-1", "cuda:1x", "", "cuda:4096"}) {
    CAPTURE(device);
    CHECK_THROWS_AS(engine::make_engine("torch", model, {.device = device}), core::UsageError);
  }
  CHECK_NOTHROW(engine::make_engine("torch", model, {.device = "auto"}));
}

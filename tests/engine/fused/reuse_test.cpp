#include <deque>
#include <memory>
#include <random>
#include <vector>

#include "catch.hpp"
#include "engine/fused/random_windows.hpp"
#include "vio/engine/fused/fused_engine.hpp"

// How much work windows share, counted in floating-point operations, so exactly.

namespace {

using namespace vio;

constexpr std::int64_t kWindow = 1000;

struct Batch {
  window::Block block;
  std::deque<std::vector<core::Code>> alts;
  std::vector<window::Window> windows;

  void add(std::int64_t begin) {
    window::Window window;
    window.block = &block;
    window.begin = begin;
    window.end = begin + kWindow;
    windows.push_back(window);
  }
  /// REF and `count` SNVs in the middle of the window that begins at `begin`.
  void add_variant(std::int64_t begin, int count) {
    add(begin);
    const auto at = begin + kWindow / 2;
    const auto ref = block.codes[static_cast<std::size_t>(at)];
    for (int i = 1; i <= count; ++i) {
      alts.push_back({static_cast<core::Code>((ref + i) % 4)});
      windows.push_back(windows.back());
      windows.back().edit = window::Edit{at, 1, alts.back()};
    }
  }
};

Batch batch_on(std::mt19937& random, int size) {
  Batch batch;
  batch.block.codes = test::random_codes(random, size, 4);
  for (auto& code : batch.block.codes) {
    code = code > 3 ? core::Code{0} : code;
  }
  return batch;
}

double reuse(const model::Spec& spec, const Batch& batch, std::mt19937& random) {
  engine::FusedEngine engine(std::make_shared<model::Model>(test::random_model(spec, random)));
  std::vector<float> probabilities(batch.windows.size() * spec.classes.size());
  const auto work = engine.score(batch.windows, probabilities);
  return static_cast<double>(work.positions_requested) /
         static_cast<double>(work.positions_computed);
}

struct Reuse {
  double v1;
  double vio_s;
};

Reuse reuse_of(const Batch& batch, std::mt19937& random) {
  const std::vector<std::string> classes{"a", "b"};
  return {reuse(model::v1_spec(classes), batch, random),
          reuse(model::vio_s_spec(classes), batch, random)};
}

}  // namespace

TEST_CASE("windows that lie side by side share nothing and cost nothing more", "[reuse]") {
  std::mt19937 random(41);
  auto batch = batch_on(random, 20 * kWindow);
  for (int i = 0; i < 20; ++i) {
    batch.add(i * kWindow);
  }
  const auto factor = reuse_of(batch, random);
  CHECK(factor.v1 == 1.0);
  CHECK(factor.vio_s == 1.0);
}

TEST_CASE("overlapping windows compute their stride and two edges", "[reuse]") {
  std::mt19937 random(42);
  constexpr std::int64_t kBases = 65'536;
  auto batch = batch_on(random, kBases);
  for (std::int64_t begin = 0; begin + kWindow <= kBases; begin += 100) {
    batch.add(begin);
  }
  const auto factor = reuse_of(batch, random);
  CHECK(factor.v1 > 0.9 * 9.1);
  CHECK(factor.vio_s > 0.9 * 7.1);
  CAPTURE(factor.v1, factor.vio_s);
  CHECK(factor.v1 < 10);
}

TEST_CASE("lone SNVs share nearly all of two windows", "[reuse]") {
  std::mt19937 random(43);
  auto batch = batch_on(random, 100 * kWindow);
  for (int i = 0; i < 99; ++i) {
    batch.add_variant(i * kWindow, 1);
  }
  const auto factor = reuse_of(batch, random);
  CHECK(factor.v1 > 0.9 * 1.98);
  CHECK(factor.vio_s > 0.9 * 1.92);
  CHECK(factor.v1 < 2);
}

TEST_CASE("neighbouring SNVs share the reference around them", "[reuse]") {
  std::mt19937 random(44);
  auto batch = batch_on(random, 8 * kWindow);
  for (std::int64_t i = 0; i < 512; ++i) {
    batch.add_variant(i * 10, 1);
  }
  const auto factor = reuse_of(batch, random);
  CHECK(factor.v1 > 0.85 * 64);
  CHECK(factor.vio_s > 0.85 * 22);
}

TEST_CASE("every SNV of a region costs little more than its own positions", "[reuse]") {
  std::mt19937 random(45);
  auto batch = batch_on(random, 2 * kWindow);
  for (std::int64_t i = 0; i < 512; ++i) {
    batch.add_variant(i, 3);
  }
  const auto factor = reuse_of(batch, random);
  CHECK(factor.v1 > 0.85 * 91);
  CHECK(factor.vio_s > 0.85 * 25);
}

TEST_CASE("the padding of a read costs its edge, not its positions", "[reuse]") {
  std::mt19937 random(46);
  auto batch = batch_on(random, 150);
  batch.add(0);
  batch.windows[0].end = 150;
  const std::vector<std::string> classes{"a", "b"};
  engine::FusedEngine engine(
      std::make_shared<model::Model>(test::random_model(model::v1_spec(classes), random)));
  std::vector<float> probabilities(2);
  const auto work = engine.score(batch.windows, probabilities);
  CHECK(work.positions_requested == 150);
  CHECK(work.positions_computed <= 150 + 16);
}

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "catch.hpp"
#include "engine/scoring.hpp"

// Networks small enough to work out by hand: every expected number below follows from the formulas
// of docs/model-format.md on paper.

namespace {

using namespace vio;
using model::PoolKind;

constexpr core::Code kA = 0;
constexpr core::Code kC = 1;
constexpr core::Code kG = 2;
constexpr core::Code kT = 3;
constexpr core::Code kN = 4;

void set(model::Model& model, const std::string& tensor, std::vector<float> values) {
  model.tensors.at(tensor).values = std::move(values);
}

/// All weights zero but what a test sets; LayerNorm scales are one.
model::Model blank(const model::Spec& spec) {
  model::validate(spec);
  model::Model model;
  model.spec = spec;
  for (const auto& [name, shape] : model::tensor_shapes(spec)) {
    std::size_t size = 1;
    for (const auto dimension : shape) {
      size *= static_cast<std::size_t>(dimension);
    }
    const bool scale = name.find("norm.weight") != std::string::npos;
    model.tensors[name] = {shape, std::vector<float>(size, scale ? 1.0F : 0.0F)};
  }
  return model;
}

/// Two channels: the first is 1 on A, the second 1 on C; the classifier passes both on.
model::Spec two_channels() {
  model::Spec spec;
  spec.unknown_channel = false;
  spec.fixed_window = false;
  spec.window = 10;
  spec.channels = 2;
  spec.classes = {"a", "c"};
  spec.pooling.heads = 1;
  return spec;
}

model::Model a_and_c(const model::Spec& spec) {
  auto model = blank(spec);
  set(model, "input_proj.weight", {1, 0, 0, 0, 0, 1, 0, 0});
  set(model, "classifier.weight", {1, 0, 0, 1});
  return model;
}

/// The log-odds of class 0: the difference of the two logits, which softmax keeps.
double odds(const model::Model& model, std::vector<core::Code> codes, bool whole = true) {
  const auto row = test::score(model, {{std::move(codes), whole}})[0];
  REQUIRE(row[0] + row[1] == Approx(1.0));
  return std::log(row[0] / row[1]);
}

double sigmoid(double x) {
  return 1.0 / (1.0 + std::exp(-x));
}

/// LayerNorm of the channels (x, y) is (n, -n) with this n.
double normalised(double x, double y) {
  const double half = (x - y) / 2;
  return half / std::sqrt(half * half + 1e-5);
}

}  // namespace

TEST_CASE("mean pooling counts symbols; an unknown symbol is a zero column") {
  const auto model = a_and_c(two_channels());
  CHECK(odds(model, {kA, kA, kA, kC}) == Approx(0.5));
  CHECK(odds(model, {kC}) == Approx(-1.0));
  CHECK(odds(model, {kA, kN, kN, kT}) == Approx(0.25));
}

TEST_CASE("an unknown symbol may have a channel of its own") {
  auto spec = two_channels();
  spec.unknown_channel = true;
  auto model = blank(spec);
  set(model, "input_proj.weight", {1, 0, 0, 0, 0, 0, 0, 0, 0, 3});
  set(model, "classifier.weight", {1, 0, 0, 1});
  CHECK(odds(model, {kA, kN}) == Approx((1.0 - 3.0) / 2));
}

TEST_CASE("a fixed window's padding keeps the projection's bias and the average counts it") {
  auto spec = two_channels();
  spec.fixed_window = true;
  spec.pooling.over_padding = true;
  auto model = a_and_c(spec);
  set(model, "input_proj.bias", {0.5F, 0});
  CHECK(odds(model, {kA, kA, kC}) == Approx(0.5 + 0.1));

  model.spec.pooling.over_padding = false;
  CHECK(odds(model, {kA, kA, kC}) == Approx(0.5 + 1.0 / 3));
}

TEST_CASE("the stem is zero outside the window") {
  auto spec = two_channels();
  spec.stem_kernel = 3;
  spec.pooling.kinds = {PoolKind::sum};
  auto model = blank(spec);
  // Channel 0 sees 1 for a left neighbour A, 10 for an own A, 100 for a right neighbour A.
  auto& weight = model.tensors.at("input_proj.weight").values;
  weight[0] = 0.01F;
  weight[1] = 0.1F;
  weight[2] = 1.0F;
  set(model, "classifier.weight", {1, 0, 0, 1});
  CHECK(odds(model, {kA}) == Approx(0.1));
  CHECK(odds(model, {kA, kG}) == Approx(0.1 + 0.01));
  CHECK(odds(model, {kG, kA}) == Approx(0.1 + 1.0));
  CHECK(odds(model, {kG, kA, kG}) == Approx(0.1 + 0.01 + 1.0));
}

TEST_CASE("a gated block") {
  auto spec = two_channels();
  spec.blocks = {{model::BlockSpec::Kind::gated, 3, 1, 0}};
  auto model = a_and_c(spec);
  set(model, "blocks.0.depth_conv.weight", {2, 3, 5, 0, 1, 0});
  set(model, "blocks.0.depth_conv.bias", {0.25F, 0});
  set(model, "blocks.0.gate.weight", {0, 0.5F, 0, 0});
  set(model, "blocks.0.norm.weight", {0.02F, 0.02F});
  set(model, "blocks.0.norm.bias", {0.75F, 0});
  // x is (1, 0) for A and (0, 1) for C. Position 0: (0.25 + 3, 0); position 1: (0.25 + 2, 1), each
  // times its gates (sigmoid of half of channel 1, and a half).
  const double first = normalised((0.25 + 3) * 0.5, 0);
  const double second = normalised((0.25 + 2) * sigmoid(0.5), 0.5);
  CHECK(odds(model, {kA, kC}) == Approx(0.75 + 0.02 * (first + second)));
}

TEST_CASE("a dilated residual block") {
  auto spec = two_channels();
  spec.blocks = {{model::BlockSpec::Kind::residual, 3, 2, 1}};
  spec.pooling.kinds = {PoolKind::sum};
  auto model = a_and_c(spec);
  // a = channel 0 of the normalised x, plus 2; g = -1; the tap reads two positions to the left.
  set(model, "blocks.0.expand.weight", {1, 0, 0, 0});
  set(model, "blocks.0.expand.bias", {2, -1});
  set(model, "blocks.0.depth_conv.weight", {1, 0, 0});
  set(model, "blocks.0.project.weight", {0.5F, 0});
  set(model, "blocks.0.project.bias", {0.125F, 0});
  // Positions 0 and 1 have nothing two to the left; 2 sees the A and 3 sees the C.
  const double value_of_a = 2 + normalised(1, 0);
  const double value_of_c = 2 + normalised(0, 1);
  const double skip = 1 - 1;
  const double expected = skip + 4 * 0.125 + 0.5 * sigmoid(-1) * (value_of_a + value_of_c);
  CHECK(odds(model, {kA, kC, kG, kG}) == Approx(expected));
}

TEST_CASE("the final norm") {
  auto spec = two_channels();
  spec.final_norm = true;
  auto model = a_and_c(spec);
  set(model, "norm.bias", {0.5F, 0});
  set(model, "norm.weight", {1, 0});
  CHECK(odds(model, {kA, kA, kC, kG}) == Approx(0.5 + normalised(1, 0) / 4));
}

TEST_CASE("every kind of pooling") {
  auto spec = two_channels();
  const auto pooled = [&](PoolKind kind) {
    spec.pooling.kinds = {kind};
    return odds(a_and_c(spec), {kA, kA, kA, kG});
  };
  CHECK(pooled(PoolKind::mean) == Approx(0.75));
  CHECK(pooled(PoolKind::sum) == Approx(3.0));
  CHECK(pooled(PoolKind::max) == Approx(1.0));
  CHECK(pooled(PoolKind::log_sum_exp) == Approx(std::log((3 * std::exp(1.0) + 1) / 4)));
}

TEST_CASE("max and log-sum-exp of features far below zero") {
  auto spec = two_channels();
  spec.pooling.kinds = {PoolKind::max, PoolKind::log_sum_exp};
  auto model = blank(spec);
  set(model, "input_proj.weight", {-900, -901, 0, 0, 0, 0, 0, 0});
  set(model, "classifier.weight", {0.01F, 0, 0, 0, 0, 0, 0, 0});
  CHECK(odds(model, {kA, kC}) == Approx(-9.0));
  set(model, "classifier.weight", {0, 0, 0.01F, 0, 0, 0, 0, 0});
  CHECK(odds(model, {kA, kC}) == Approx(0.01 * (-900 + std::log((1 + std::exp(-1.0)) / 2))));
}

TEST_CASE("attention weighs each head's channels by its own bounded scores") {
  auto spec = two_channels();
  spec.pooling = {{PoolKind::attention}, false, 2, 3.0};
  auto model = a_and_c(spec);
  set(model, "pooling.score.weight", {2, 0, 0, -100});
  set(model, "pooling.value.weight", {1, 0, 0, 1});
  const double on_a = std::exp(3.0 * std::tanh(2.0 / 3.0));
  const double on_c = std::exp(-3.0);  // tanh holds the score of -100 at the bound
  CHECK(odds(model, {kA, kC, kG}) == Approx(on_a / (on_a + 2) - on_c / (on_c + 2)));
}

TEST_CASE("length features, by the window's real length, masked where it was cut") {
  auto spec = two_channels();
  spec.fixed_window = true;
  spec.length.enabled = true;
  auto model = blank(spec);
  const auto feature = [&](std::size_t index, std::size_t length, bool whole = true) {
    std::vector<float> weight(std::size_t{2} * 26, 0.0F);
    weight[2 + index] = 1.0F;
    set(model, "classifier.weight", weight);
    return odds(model, std::vector<core::Code>(length, kG), whole);
  };
  const double pi = std::acos(-1.0);
  CHECK(feature(0, 7) == Approx(std::log(7.0) - 5.5));
  CHECK(feature(1, 7) == Approx(std::sin(pi * 7)).margin(1e-6));
  CHECK(feature(2, 7) == Approx(-1.0));
  CHECK(feature(3, 7) == Approx(-1.0));
  CHECK(feature(4, 7) == Approx(0.0).margin(1e-6));
  CHECK(feature(21, 7) == Approx(std::sin(2 * pi * 7 / 2048)));
  CHECK(feature(22, 7) == Approx(std::cos(2 * pi * 7 / 2048)));
  CHECK(feature(23, 7) == Approx(7.0 / 500 - 0.7));
  CHECK(feature(23, 7, false) == Approx(0.0).margin(1e-6));

  model.spec.length.cut = model::LengthSpec::Cut::keep;
  CHECK(feature(23, 7, false) == Approx(7.0 / 500 - 0.7));
}

TEST_CASE("ranges of lengths add to the logits, where the length is read and below 2^n") {
  auto spec = two_channels();
  spec.fixed_window = false;
  spec.length = {.enabled = true, .range_levels = 3};
  auto model = blank(spec);
  std::vector<float> rows(std::size_t{14} * 2, 0.0F);
  rows[std::size_t{5} * 2] = 1;       // length 5
  rows[std::size_t{8 + 2} * 2] = 10;  // lengths 4 and 5
  rows[std::size_t{12 + 1} * 2] = 2;  // lengths 4 to 7
  set(model, "length_ranges.weight", rows);
  const auto added = [&](std::size_t length, bool whole = true) {
    return odds(model, std::vector<core::Code>(length, kG), whole);
  };
  CHECK(added(3) == Approx(0).margin(1e-6));
  CHECK(added(4) == Approx(12));
  CHECK(added(5) == Approx(13));
  CHECK(added(6) == Approx(2));
  CHECK(added(8) == Approx(0).margin(1e-6));
  CHECK(added(5, false) == Approx(0).margin(1e-6));
  model.spec.length.cut = model::LengthSpec::Cut::keep;
  CHECK(added(5, false) == Approx(13));
}

TEST_CASE("the mean of the rows of a window's words adds to its logits") {
  auto spec = two_channels();
  spec.fixed_window = false;
  spec.words.length = 2;
  auto model = blank(spec);
  std::vector<float> rows(std::size_t{16} * 2, 0.0F);
  rows[std::size_t{2 * 4 + 2} * 2] = 8;  // GG
  rows[std::size_t{0 * 4 + 2} * 2] = 4;  // AG
  set(model, "words.weight", rows);
  CHECK(odds(model, {kG, kG, kG}) == Approx(8));
  CHECK(odds(model, {0, kG, kG, 0}) == Approx((4 + 8 + 0) / 3.0));
  CHECK(odds(model, {kG, 4, kG, kG, 4}) == Approx(8));  // no word with an unknown symbol
  CHECK(odds(model, {kG}) == Approx(0).margin(1e-6));
}

TEST_CASE("head norm stands before the length features, ReLU after the hidden layer") {
  auto spec = two_channels();
  spec.head = {true, 2};
  spec.length.enabled = true;
  auto model = a_and_c(spec);
  std::vector<float> hidden(std::size_t{2} * 26, 0.0F);
  hidden[0] = 3.0F;         // three times the first pooled feature
  hidden[26 + 25] = -1.0F;  // minus the last length feature
  set(model, "hidden.weight", hidden);
  set(model, "hidden.bias", {0.5F, 0});
  CHECK(odds(model, {kA, kA, kG}) == Approx(0.5 + 3 * normalised(2.0 / 3, 0) - (0.7 - 3.0 / 500)));
  CHECK(odds(model, {kC, kC, kG}) == Approx(0 - (0.7 - 3.0 / 500)));
}

TEST_CASE("softmax of large logits") {
  auto model = a_and_c(two_channels());
  set(model, "classifier.bias", {5000, 0});
  const auto row = test::score(model, {{{kG}, true}})[0];
  CHECK(row[0] == 1.0F);
  CHECK(row[1] == 0.0F);
}

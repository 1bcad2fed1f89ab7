#include "vio/model/spec.hpp"

#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "vio/core/error.hpp"

namespace {

using namespace vio;

std::vector<std::string> nine_classes() {
  return {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
}

std::string complaint(const model::Spec& spec) {
  try {
    model::validate(spec);
  } catch (const core::ModelError& error) {
    return error.what();
  }
  return "";
}

struct Mistake {
  std::string named;  ///< what the sentence must name
  void (*make)(model::Spec&);
};

std::vector<Mistake> mistakes() {
  return {
      {"'window'", [](auto& spec) { spec.window = 0; }},
      {"'window'", [](auto& spec) { spec.window = 2'000'000'000; }},
      {"'channels'", [](auto& spec) { spec.channels = -64; }},
      {"'channels'", [](auto& spec) { spec.channels = 1 << 30; }},
      {"'stem_kernel'", [](auto& spec) { spec.stem_kernel = 4; }},
      {"'stem_kernel'", [](auto& spec) { spec.stem_kernel = -1; }},
      {"'blocks[2].kernel'", [](auto& spec) { spec.blocks[2].kernel = 6; }},
      {"'blocks[1].dilation'", [](auto& spec) { spec.blocks[1].dilation = 0; }},
      {"'blocks[0].width'", [](auto& spec) { spec.blocks[0].width = 0; }},
      {"'blocks[3].width'",
       [](auto& spec) {
         spec.blocks[3] = {model::BlockSpec::Kind::gated, 5, 1, 64};
       }},
      {"'blocks'", [](auto& spec) { spec.blocks.resize(1000, spec.blocks[0]); }},
      {"'pooling.kinds'", [](auto& spec) { spec.pooling.kinds.clear(); }},
      {"twice", [](auto& spec) { spec.pooling.kinds.assign(2, model::PoolKind::max); }},
      {"'pooling.heads'", [](auto& spec) { spec.pooling.heads = 5; }},
      {"'pooling.heads'", [](auto& spec) { spec.pooling.heads = 0; }},
      {"'pooling.score_bound'", [](auto& spec) { spec.pooling.score_bound = 0.0; }},
      {"'pooling.score_bound'", [](auto& spec) { spec.pooling.score_bound = 1e300; }},
      {"'pooling.over_padding'", [](auto& spec) { spec.pooling.over_padding = true; }},
      {"'head.hidden'", [](auto& spec) { spec.head.hidden = -1; }},
      {"'classes'", [](auto& spec) { spec.classes.clear(); }},
      {"'classes'", [](auto& spec) { spec.classes.resize(1); }},
      {"'a' twice", [](auto& spec) { spec.classes[4] = spec.classes[0]; }},
      {"control", [](auto& spec) { spec.classes[4] += '\t'; }},
      {"empty", [](auto& spec) { spec.classes[4].clear(); }},
      {"parameters",
       [](auto& spec) {
         spec.channels = 4096;
         spec.blocks.assign(64, {model::BlockSpec::Kind::residual, 255, 1, 4096});
       }},
  };
}

}  // namespace

TEST_CASE("v1 is the origin notebook's model to the last tensor name") {
  const auto spec = model::v1_spec(nine_classes());
  std::vector<model::TensorShape> expected{{"input_proj.weight", {64, 5, 1}},
                                           {"input_proj.bias", {64}}};
  for (const std::string block : {"blocks.0.", "blocks.1.", "blocks.2.", "blocks.3."}) {
    expected.push_back({block + "depth_conv.weight", {64, 1, 5}});
    expected.push_back({block + "depth_conv.bias", {64}});
    expected.push_back({block + "gate.weight", {64, 64, 1}});
    expected.push_back({block + "gate.bias", {64}});
    expected.push_back({block + "norm.weight", {64}});
    expected.push_back({block + "norm.bias", {64}});
  }
  expected.push_back({"classifier.weight", {9, 64}});
  expected.push_back({"classifier.bias", {9}});

  CHECK(model::tensor_shapes(spec) == expected);
  CHECK(model::parameter_count(spec) == 19657);
  CHECK(model::radius(spec) == 8);
  CHECK(model::input_channels(spec) == 5);
  CHECK(model::pooled_features(spec) == 64);
  CHECK(model::flops_per_position(spec) == 2 * 64 * 5 + 4 * 2 * (64 * 5 + 64 * 64));
  CHECK(spec.window == 1000);
  CHECK(spec.fixed_window);
  CHECK(spec.pooling.over_padding);
}

TEST_CASE("VIO-S has the size and the reach it was measured with") {
  const auto spec = model::vio_s_spec(nine_classes());
  CHECK(model::parameter_count(spec) == 94669);
  CHECK(model::radius(spec) == 45);
  CHECK(model::input_channels(spec) == 4);
  CHECK(model::pooled_features(spec) == 128);
  CHECK(model::flops_per_position(spec) == 142976);

  auto length_blind = spec;
  length_blind.length.enabled = false;
  CHECK(model::parameter_count(length_blind) == 91597);
}

TEST_CASE("every length below 2^n has one range a level, and every range its row") {
  const model::LengthSpec spec{.enabled = true, .range_levels = 4};
  REQUIRE(model::length_ranges(spec) == 16 + 8 + 4 + 2);
  std::set<std::int64_t> rows;
  for (int level = 0; level < spec.range_levels; ++level) {
    for (std::int64_t length = 0; length < 16; ++length) {
      const auto row = model::length_range(spec, level, length);
      CHECK(row == model::length_range(spec, level, length >> level << level));
      rows.insert(row);
    }
  }
  CHECK(rows.size() == 30);
  CHECK(*rows.begin() == 0);
  CHECK(*rows.rbegin() == 29);
}

TEST_CASE("a spec that makes no sense is refused, naming the field") {
  for (const auto& mistake : mistakes()) {
    auto spec = model::vio_s_spec(nine_classes());
    mistake.make(spec);
    CAPTURE(mistake.named, complaint(spec));
    CHECK(complaint(spec).find(mistake.named) != std::string::npos);
  }
}

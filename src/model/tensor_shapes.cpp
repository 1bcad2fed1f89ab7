#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "vio/model/spec.hpp"

namespace vio::model {

namespace {

using Shape = std::vector<std::int64_t>;

/// Collects the tensors of layers: most are a weight and a bias of the weight's first dimension.
class ShapeList {
 public:
  void add(const std::string& layer, Shape weight) {
    const Shape bias{weight.front()};
    add_weight(layer, std::move(weight));
    shapes_.push_back({layer + ".bias", bias});
  }
  void add_weight(const std::string& layer, Shape weight) {
    shapes_.push_back({layer + ".weight", std::move(weight)});
  }
  [[nodiscard]] std::vector<TensorShape> take() && { return std::move(shapes_); }

 private:
  std::vector<TensorShape> shapes_;
};

void add_block(const BlockSpec& block, int channels, const std::string& name, ShapeList& shapes) {
  if (block.kind == BlockSpec::Kind::gated) {
    shapes.add(name + ".depth_conv", {channels, 1, block.kernel});
    shapes.add(name + ".gate", {channels, channels, 1});
    shapes.add(name + ".norm", {channels});
    return;
  }
  shapes.add(name + ".norm", {channels});
  shapes.add(name + ".expand", {std::int64_t{2} * block.width, channels});
  shapes.add(name + ".depth_conv", {block.width, 1, block.kernel});
  shapes.add(name + ".project", {channels, block.width});
}

void add_pooling(const Spec& spec, ShapeList& shapes) {
  const auto& kinds = spec.pooling.kinds;
  if (std::find(kinds.begin(), kinds.end(), PoolKind::attention) != kinds.end()) {
    shapes.add("pooling.score", {spec.pooling.heads, spec.channels});
    shapes.add("pooling.value", {spec.channels, spec.channels});
  }
}

void add_head(const Spec& spec, ShapeList& shapes) {
  const int pooled = pooled_features(spec);
  int features = pooled + (spec.length.enabled ? kLengthFeatures : 0);
  if (spec.head.norm) {
    shapes.add("head_norm", {pooled});
  }
  if (spec.head.hidden > 0) {
    shapes.add("hidden", {spec.head.hidden, features});
    features = spec.head.hidden;
  }
  const auto classes = static_cast<std::int64_t>(spec.classes.size());
  shapes.add("classifier", {classes, features});
  if (spec.length.range_levels > 0) {
    shapes.add_weight("length_ranges", {length_ranges(spec.length), classes});
  }
  if (spec.words.length > 0) {
    shapes.add_weight("words", {word_rows(spec.words, spec.alphabet), classes});
  }
}

}  // namespace

std::vector<TensorShape> tensor_shapes(const Spec& spec) {
  ShapeList shapes;
  shapes.add("input_proj", {spec.channels, input_channels(spec), spec.stem_kernel});
  for (std::size_t i = 0; i < spec.blocks.size(); ++i) {
    add_block(spec.blocks[i], spec.channels, "blocks." + std::to_string(i), shapes);
  }
  if (spec.final_norm) {
    shapes.add("norm", {spec.channels});
  }
  add_pooling(spec, shapes);
  add_head(spec, shapes);
  return std::move(shapes).take();
}

}  // namespace vio::model

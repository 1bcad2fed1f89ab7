#pragma once

#include <algorithm>
#include <numeric>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "vio/model/model.hpp"

/// Members of the VIO family for property tests: the same generator gives the same models.
namespace vio::test {

inline int any_of(std::mt19937& random, const std::vector<int>& choices) {
  return choices[std::uniform_int_distribution<std::size_t>(0, choices.size() - 1)(random)];
}
inline int between(std::mt19937& random, int low, int high) {
  return std::uniform_int_distribution<int>(low, high)(random);
}
inline bool coin(std::mt19937& random) {
  return between(random, 0, 1) == 1;
}

inline core::Alphabet random_alphabet(std::mt19937& random) {
  constexpr std::string_view kSymbols = "ABCDEFGHIJKLMNOPQRSTUVWXY";
  switch (between(random, 0, 3)) {
    case 0:
      return core::Alphabet::rna();
    case 1:
      return core::Alphabet::protein();
    case 2:
      return core::Alphabet::custom(
          kSymbols.substr(0, static_cast<std::size_t>(between(random, 4, 25))));
    default:
      return core::Alphabet::dna();
  }
}

inline model::BlockSpec random_block(std::mt19937& random) {
  model::BlockSpec block;
  block.kernel = any_of(random, {1, 3, 5, 9});
  block.dilation = any_of(random, {1, 2, 4});
  if (coin(random)) {
    block.kind = model::BlockSpec::Kind::residual;
    block.width = between(random, 1, 6);
  }
  return block;
}

inline model::PoolingSpec random_pooling(std::mt19937& random, bool fixed_window) {
  using enum model::PoolKind;
  model::PoolingSpec pooling;
  pooling.kinds = {mean, sum, max, log_sum_exp, attention};
  std::shuffle(pooling.kinds.begin(), pooling.kinds.end(), random);
  pooling.kinds.resize(static_cast<std::size_t>(between(random, 1, 5)));
  pooling.over_padding = fixed_window && coin(random);
  pooling.heads = any_of(random, {1, 2, 4});
  pooling.score_bound = 0.5 * between(random, 1, 12);
  return pooling;
}

/// A small spec that mixes everything a spec can say.
inline model::Spec random_spec(std::mt19937& random) {
  model::Spec spec;
  spec.alphabet = random_alphabet(random);
  spec.unknown_channel = coin(random);
  spec.window = any_of(random, {1, 2, 5, 24, 40});
  spec.fixed_window = coin(random);
  spec.stem_kernel = any_of(random, {1, 3, 11});
  for (int left = between(random, 0, 3); left > 0; --left) {
    spec.blocks.push_back(random_block(random));
  }
  spec.final_norm = coin(random);
  spec.pooling = random_pooling(random, spec.fixed_window);
  spec.channels = spec.pooling.heads * between(random, 1, 4);
  spec.length.enabled = coin(random);
  spec.length.cut = coin(random) ? model::LengthSpec::Cut::mask : model::LengthSpec::Cut::keep;
  spec.length.range_levels = spec.length.enabled ? any_of(random, {0, 3, 6}) : 0;
  spec.words.length = spec.alphabet.size() > 5 ? any_of(random, {0, 1, 2}) : between(random, 0, 4);
  spec.head.norm = coin(random);
  spec.head.hidden = any_of(random, {0, 0, 7});
  for (int number = between(random, 2, 5); number > 0; --number) {
    spec.classes.push_back("class " + std::to_string(number));
  }
  return spec;
}

/// Weights drawn from a normal distribution.
inline model::Model random_model(const model::Spec& spec, std::mt19937& random) {
  model::Model model;
  model.spec = spec;
  model.card.name = "random";
  std::normal_distribution<float> normal(0.0F, 0.5F);
  for (const auto& [name, shape] : model::tensor_shapes(spec)) {
    const auto count =
        std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
    std::vector<float> values(static_cast<std::size_t>(count));
    std::generate(values.begin(), values.end(), [&] { return normal(random); });
    model.tensors[name] = {shape, std::move(values)};
  }
  return model;
}

}  // namespace vio::test

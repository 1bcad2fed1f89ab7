// Packed rows give the logits and the gradients of padded ones.

#include <ATen/CPUGeneratorImpl.h>
#include <torch/utils.h>

#include <algorithm>
#include <vector>

#include "catch.hpp"
#include "random_cases.hpp"
#include "vio/engine/torch/network.hpp"

using namespace vio;
using test::RandomCases;
using torch::Tensor;

namespace {

constexpr int kSpecs = 60;

model::Spec packable(RandomCases& cases) {
  auto spec = cases.spec();
  spec.fixed_window = false;
  spec.pooling.over_padding = false;
  return spec;
}

struct Sequences {
  std::vector<std::vector<core::Code>> codes;
  Tensor padded;
  Tensor lengths;
  Tensor whole;
};

Sequences random_sequences(RandomCases& cases, const model::Spec& spec) {
  Sequences made;
  std::size_t longest = 0;
  const int count = cases.between(1, 7);
  for (int i = 0; i < count; ++i) {
    made.codes.push_back(cases.block_of(static_cast<std::size_t>(cases.between(1, 70))).codes);
    longest = std::max(longest, made.codes.back().size());
  }
  made.padded =
      torch::full({count, static_cast<std::int64_t>(longest)}, spec.alphabet.pad(), torch::kByte);
  made.lengths = torch::empty({count}, torch::kLong);
  made.whole = torch::rand({count}) < 0.5;
  for (int i = 0; i < count; ++i) {
    const auto& codes = made.codes[static_cast<std::size_t>(i)];
    std::ranges::copy(codes, made.padded[i].data_ptr<std::uint8_t>());
    made.lengths[i] = static_cast<std::int64_t>(codes.size());
  }
  return made;
}

/// Sequences in turn into one of two rows, `gap` positions apart.
engine::PackedRows packed_rows(const Sequences& sequences, const model::Spec& spec,
                               std::size_t gap) {
  std::vector<std::vector<std::int64_t>> codes(2);
  std::vector<std::vector<std::int64_t>> segments(2);
  for (std::size_t i = 0; i < sequences.codes.size(); ++i) {
    auto& row = codes[i % 2];
    row.resize(row.empty() ? 0 : row.size() + gap, spec.alphabet.pad());
    segments[i % 2].resize(row.size(), -1);
    row.insert(row.end(), sequences.codes[i].begin(), sequences.codes[i].end());
    segments[i % 2].resize(row.size(), static_cast<std::int64_t>(i));
  }
  const auto length = std::max(codes[0].size(), codes[1].size());
  std::vector<Tensor> code_rows;
  std::vector<Tensor> segment_rows;
  for (std::size_t row = 0; row < 2; ++row) {
    codes[row].resize(length, spec.alphabet.pad());
    segments[row].resize(length, -1);
    code_rows.push_back(torch::tensor(codes[row]).to(torch::kByte));
    segment_rows.push_back(torch::tensor(segments[row]));
  }
  return {.codes_rl = torch::stack(code_rows), .segments_rl = torch::stack(segment_rows)};
}

std::size_t smallest_gap(const model::Spec& spec) {
  return static_cast<std::size_t>(engine::packing_gap(spec));
}

/// Relative to the largest: a small logit may be the difference of two large sums.
double difference(const Tensor& a, const Tensor& b) {
  return ((a - b).abs().max() / (1 + b.abs().max())).item<double>();
}

}  // namespace

TEST_CASE("packed rows give the logits and gradients of padded rows") {
  RandomCases cases(20);
  torch::manual_seed(20);
  for (int i = 0; i < kSpecs; ++i) {
    const auto spec = packable(cases);
    const auto model = cases.model(spec);
    engine::Network network(spec);
    engine::load_weights(network, model->tensors);
    const auto sequences = random_sequences(cases, spec);
    INFO(model::spec_to_json(spec));

    const auto padded = network->forward(sequences.padded, sequences.lengths, sequences.whole);
    padded.square().sum().backward();
    std::vector<Tensor> gradients;
    for (auto& parameter : network->parameters()) {
      gradients.push_back(parameter.grad().clone());
      parameter.mutable_grad().zero_();
    }
    const auto packed =
        network->forward_packed(packed_rows(sequences, spec, smallest_gap(spec)), sequences.padded,
                                sequences.lengths, sequences.whole);
    CHECK(difference(packed, padded) < 2e-6);
    packed.square().sum().backward();
    double most = 0;
    std::size_t at = 0;
    for (const auto& parameter : network->parameters()) {
      const auto scale = 1 + gradients[at].abs().max().item<double>();
      most = std::max(most, (parameter.grad() - gradients[at]).abs().max().item<double>() / scale);
      ++at;
    }
    CHECK(most < 2e-5);
  }
}

TEST_CASE("a smaller gap than promised is seen") {
  RandomCases cases(21);
  auto spec = model::vio_s_spec({"a", "b"});
  spec.channels = 8;
  spec.length.enabled = false;
  spec.blocks = {
      {.kind = model::BlockSpec::Kind::residual, .kernel = 9, .dilation = 4, .width = 4}};
  CHECK(engine::packing_gap(spec) == 16);
  engine::Network network(spec);
  engine::load_weights(network, cases.model(spec)->tensors);
  Sequences sequences;
  while (sequences.codes.size() < 3) {
    sequences = random_sequences(cases, spec);
  }
  const auto padded = network->forward(sequences.padded, sequences.lengths, sequences.whole);
  const auto logits = [&](std::size_t gap) {
    return network->forward_packed(packed_rows(sequences, spec, gap), sequences.padded,
                                   sequences.lengths, sequences.whole);
  };
  CHECK(difference(logits(16), padded) < 2e-6);
  CHECK(difference(logits(15), padded) > 2e-6);
  spec.stem_kernel = 41;
  CHECK(engine::packing_gap(spec) == 20);
}

TEST_CASE("dropout of networks with generators of their own repeats") {
  RandomCases cases(22);
  auto spec = model::vio_s_spec({"a", "b"});
  spec.blocks.resize(1);
  torch::manual_seed(22);
  engine::Network network(spec, 0.5, 0.5);
  const auto sequences = random_sequences(cases, spec);
  auto draw = [&](std::uint64_t seed) {
    auto generator = at::detail::createCPUGenerator(seed);
    network->set_generator(generator);
    return network->forward(sequences.padded, sequences.lengths, sequences.whole);
  };
  const auto once = draw(1);
  CHECK(torch::equal(once, draw(1)));
  CHECK_FALSE(torch::equal(once, draw(2)));
}

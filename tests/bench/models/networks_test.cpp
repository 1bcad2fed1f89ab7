#include "models/networks.hpp"

#include <algorithm>
#include <numeric>
#include <random>

#include "catch.hpp"
#include "vio/core/error.hpp"
#include "vio/model/presets.hpp"

using namespace vio;

namespace {

/// As bench/models/vio.spec.json: the default preset without a table of lengths or of words.
model::Spec compared_spec() {
  auto spec = model::default_spec({"a", "b", "c", "d", "e", "f", "g", "h", "i"});
  spec.length.range_levels = 0;
  spec.words.length = 0;
  return spec;
}

/// Codes 0 to 3, and where asked for some 4, for unknown symbols.
train::Dataset rows_of_lengths(const std::vector<std::size_t>& lengths, bool unknown) {
  std::mt19937 random(7);
  train::Dataset data;
  for (const auto length : lengths) {
    std::vector<core::Code> codes(length);
    for (auto& code : codes) {
      code = static_cast<core::Code>(unknown && random() % 20 == 0 ? 4 : random() % 4);
    }
    data.sequences.push_back(std::move(codes));
    data.labels.push_back(0);
  }
  return data;
}

torch::Tensor logits(train::Classifier& network, const train::Dataset& data,
                     const std::vector<std::size_t>& rows, const model::Spec& spec) {
  const torch::NoGradGuard no_grad;
  return network.forward(train::make_batch(data, rows, spec));
}

}  // namespace

TEST_CASE("all networks have about as many parameters as VIO") {
  const auto spec = compared_spec();
  std::vector<double> counts;
  for (const auto& contender : bench::contenders()) {
    std::int64_t count = 0;
    for (const auto& parameter : contender.make(spec, {})()->parameters()) {
      count += parameter.numel();
    }
    counts.push_back(static_cast<double>(count));
  }
  REQUIRE(counts.size() == 4);
  CHECK(counts.front() == 102'989);
  for (const double count : counts) {
    CHECK(count > 0.85 * counts.front());
    CHECK(count < 1.05 * counts.front());
  }
}

TEST_CASE("no network sees the padding or the other rows of a batch") {
  const auto spec = compared_spec();
  const auto data = rows_of_lengths({301, 2, 64, 1, 299, 230, 65, 300}, true);
  std::vector<std::size_t> all(data.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  for (const auto& contender : bench::contenders()) {
    CAPTURE(contender.name);
    torch::manual_seed(1);
    const auto network = contender.make(spec, {})();
    network->eval();
    const auto together = logits(*network, data, all, spec);
    double spread = 0;
    for (const auto row : all) {
      CAPTURE(row);
      const auto alone = logits(*network, data, {row}, spec);
      const auto index = static_cast<std::int64_t>(row);
      CHECK((together[index] - alone[0]).abs().max().item<double>() < 1e-5);
      spread = std::max(spread, (together[0] - alone[0]).abs().max().item<double>());
    }
    CHECK(spread > 1e-3);  // rows do differ
  }
}

TEST_CASE("every network reads its sequence from end to end") {
  const auto spec = compared_spec();
  auto data = rows_of_lengths({150}, false);
  for (const std::size_t changed : {std::size_t{0}, std::size_t{75}, std::size_t{149}}) {
    auto codes = data.sequences.front();
    codes[changed] = static_cast<core::Code>((codes[changed] + 1) % 4);
    data.sequences.push_back(std::move(codes));
  }
  for (const auto& contender : bench::contenders()) {
    CAPTURE(contender.name);
    torch::manual_seed(1);
    const auto network = contender.make(spec, {})();
    network->eval();
    const auto scores = logits(*network, data, {0, 1, 2, 3}, spec);
    for (int row = 1; row < 4; ++row) {
      CAPTURE(row);
      CHECK((scores[row] - scores[0]).abs().max().item<double>() > 1e-6);
    }
  }
}

TEST_CASE("another network is refused") {
  CHECK_THROWS_AS(bench::contender("gru"), core::UsageError);
}

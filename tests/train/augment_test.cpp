#include "train/augment.hpp"

#include <algorithm>

#include "catch.hpp"
#include "vio/core/error.hpp"

using namespace vio::train;

namespace {

vio::model::Spec spec() {
  return vio::model::vio_s_spec({"a", "b"});
}

Dataset two_rows(std::size_t length) {
  Dataset data;
  for (int label = 0; label < 2; ++label) {
    std::vector<vio::core::Code> codes(length);
    for (std::size_t i = 0; i < length; ++i) {
      codes[i] = static_cast<vio::core::Code>(i * i % 3);  // A, C and G only
    }
    data.sequences.push_back(codes);
    data.labels.push_back(label);
  }
  return data;
}

}  // namespace

TEST_CASE("without options rows stay what they are") {
  const auto data = two_rows(100);
  const auto row = Augmenter(spec(), {}, 1).row(data, 0, 1);
  CHECK(row.codes == data.sequences[0]);
  CHECK(row.whole);
}

TEST_CASE("draws depend on the seed, the epoch and the row") {
  const auto data = two_rows(200);
  const Augmentation options{.reverse_complement = 0.5,
                             .reverse_complement_classes = {},
                             .substitutions = 0.5,
                             .mask = 0.5,
                             .length_dropout = 0.5};
  const Augmenter augmenter(spec(), options, 1);
  const auto once = augmenter.row(data, 0, 3).codes;
  CHECK(once == augmenter.row(data, 0, 3).codes);
  CHECK(once != augmenter.row(data, 0, 4).codes);
  CHECK(once != augmenter.row(data, 1, 3).codes);
  CHECK(once != Augmenter(spec(), options, 2).row(data, 0, 3).codes);
}

TEST_CASE("only classes without a strand are turned") {
  const auto data = two_rows(61);
  const Augmenter augmenter(spec(),
                            {.reverse_complement = 0.5, .reverse_complement_classes = {"b"}}, 1);
  int turned = 0;
  for (int epoch = 1; epoch <= 1000; ++epoch) {
    CHECK(augmenter.row(data, 0, epoch).codes == data.sequences[0]);
    const auto codes = augmenter.row(data, 1, epoch).codes;
    if (codes != data.sequences[1]) {
      ++turned;
      CHECK(codes.front() == 3 - data.sequences[1].back());
    }
  }
  CHECK(turned > 430);
  CHECK(turned < 570);
}

TEST_CASE("substitutions and masks have the rates that were asked for") {
  const auto data = two_rows(500);
  const Augmenter augmenter(spec(), {.substitutions = 0.4, .mask = 0.2, .length_dropout = 0.25}, 1);
  double thymines = 0;
  double unknown = 0;
  double cut = 0;
  constexpr int kEpochs = 2000;
  for (int epoch = 1; epoch <= kEpochs; ++epoch) {
    const auto row = augmenter.row(data, 0, epoch);
    thymines += static_cast<double>(std::ranges::count(row.codes, 3));
    const auto n = std::ranges::count(row.codes, 4);
    CHECK(n <= 100);
    const auto first = std::ranges::find(row.codes, 4);
    CHECK(std::all_of(first, first + n, [](auto code) { return code == 4; }));
    unknown += static_cast<double>(n);
    cut += row.whole ? 0 : 1;
  }
  // A quarter of the redrawn symbols is T, which the sequence lacks; a tenth of all is masked.
  CHECK(thymines / kEpochs / 500 == Approx(0.4 / 2 / 4 * 0.9).epsilon(0.1));
  CHECK(unknown / kEpochs / 500 == Approx(0.1).epsilon(0.1));
  CHECK(cut / kEpochs == Approx(0.25).epsilon(0.2));
  CHECK(std::ranges::count(augmenter.row(two_rows(20), 0, 1).codes, 4) == 0);
}

TEST_CASE("reverse complements need a strand and known classes") {
  auto protein = spec();
  protein.alphabet = vio::core::Alphabet::protein();
  CHECK_THROWS_AS(Augmenter(protein, {.reverse_complement = 0.5}, 1), vio::core::UsageError);
  CHECK_THROWS_AS(
      Augmenter(spec(), {.reverse_complement = 0.5, .reverse_complement_classes = {"c"}}, 1),
      vio::core::UsageError);
}

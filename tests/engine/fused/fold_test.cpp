#include "engine/fused/fold.hpp"

#include <cstring>
#include <vector>

#include "catch.hpp"
#include "engine/fused/stream.hpp"
#include "model/random_model.hpp"

// A first block that is folded into the stem's table is that block, bit by bit.

namespace {

using namespace vio;
using engine::Reach;
using engine::fused::Kernels;
using engine::fused::PackedStack;
using engine::fused::Stream;

model::Spec foldable_spec(std::mt19937& random) {
  auto spec = model::v1_spec({"a", "b"});
  spec.alphabet = core::Alphabet::custom(test::coin(random) ? "XYZ" : "ACGT");
  spec.unknown_channel = test::coin(random);
  spec.channels = test::between(random, 1, 40);
  spec.blocks.resize(static_cast<std::size_t>(test::between(random, 1, 3)));
  for (auto& block : spec.blocks) {
    block.kernel = test::any_of(random, {1, 3, 5});
    block.dilation = block.kernel == 3 ? test::any_of(random, {1, 2}) : 1;
  }
  spec.final_norm = test::coin(random);
  return spec;
}

std::vector<float> features(const PackedStack& stack, const Kernels& kernels, const Reach& reach,
                            const std::vector<core::Code>& symbols) {
  const auto around = static_cast<std::size_t>(reach.after(0));
  std::vector<core::Code> codes(symbols.size() + 2 * around, stack.stem.outside);
  std::copy(symbols.begin(), symbols.end(), codes.begin() + reach.after(0));
  const auto length = static_cast<std::int64_t>(symbols.size());
  Stream stream(stack, kernels, reach);
  stream.start(codes.data() + around, length, length);
  stream.advance(length);
  const float* const rows = stream.final_rows().at(0);
  return {rows, rows + symbols.size() * stream.final_rows().stride()};
}

}  // namespace

TEST_CASE("a folded block leaves the same bits as the block itself") {
  std::mt19937 random(61);
  for (int round = 0; round < 12; ++round) {
    const auto spec = foldable_spec(random);
    const PackedStack stack(test::random_model(spec, random));
    for (const auto* const kernels : engine::fused::all_kernels()) {
      auto folded = stack;
      engine::fused::fold_first_block(folded, *kernels);
      REQUIRE(folded.folded == 1);
      for (const int length : {1, 2, 3, 4, 5, 60}) {
        std::vector<core::Code> codes(static_cast<std::size_t>(length));
        for (auto& code : codes) {
          code = static_cast<core::Code>(test::between(random, 0, spec.alphabet.pad()));
        }
        const auto plain = features(stack, *kernels, Reach(spec), codes);
        const auto table = features(folded, *kernels, Reach(spec, 1), codes);
        CAPTURE(kernels->target, spec.channels, spec.blocks[0].kernel, length);
        REQUIRE(plain.size() == table.size());
        CHECK(std::memcmp(plain.data(), table.data(), plain.size() * sizeof(float)) == 0);
      }
    }
  }
}

TEST_CASE("a block is folded where its table is small") {
  std::mt19937 random(62);
  const auto folds = [&](const model::Spec& spec) {
    PackedStack stack(test::random_model(spec, random));
    engine::fused::fold_first_block(stack, engine::fused::best_kernels());
    CHECK(stack.folded + stack.blocks.size() == spec.blocks.size());
    return stack.folded == 1;
  };
  auto spec = model::v1_spec({"a", "b"});
  CHECK(folds(spec));
  spec.alphabet = core::Alphabet::protein();
  CHECK_FALSE(folds(spec));
  CHECK_FALSE(folds(model::vio_s_spec({"a", "b"})));
}

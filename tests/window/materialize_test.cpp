#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "support/memory_source.hpp"
#include "vio/window/window.hpp"

using namespace vio;
using core::Alphabet;
using core::Code;

namespace {

std::vector<Code> encoded(const std::string& text) {
  std::vector<Code> codes(text.size());
  Alphabet::dna().encode(text, codes);
  return codes;
}

std::string reverse_complement(const std::string& text) {
  std::string out(text.rbegin(), text.rend());
  for (auto& base : out) {
    const auto at = std::string("ACGT").find(base);
    base = at == std::string::npos ? 'N' : "TGCA"[at];
  }
  return out;
}

}  // namespace

TEST_CASE("a window is its stretch of the block, after edit and strand") {
  const auto dna = Alphabet::dna();
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    const auto draw = [&](std::size_t least, std::size_t most) {
      return std::uniform_int_distribution<std::size_t>(least, most)(random);
    };
    const auto text = test::random_text(random, draw(1, 60));
    const window::Block block{encoded(text)};
    const auto begin = draw(0, text.size() - 1);
    const auto end = draw(begin, text.size());
    auto expected = text.substr(begin, end - begin);

    window::Window view;
    view.block = &block;
    view.begin = static_cast<std::int64_t>(begin);
    view.end = static_cast<std::int64_t>(end);
    const auto alt = test::random_text(random, draw(0, 5));
    const auto alt_codes = encoded(alt);
    if (draw(0, 1) == 1) {
      const auto at = draw(begin, end);
      const auto ref_length = draw(0, end - at);
      view.edit = window::Edit{static_cast<std::int64_t>(at), static_cast<std::int64_t>(ref_length),
                               alt_codes};
      expected = text.substr(begin, at - begin) + alt +
                 text.substr(at + ref_length, end - at - ref_length);
    }
    view.reverse = draw(0, 1) == 1;
    if (view.reverse) {
      expected = reverse_complement(expected);
    }
    INFO("seed " << seed);
    REQUIRE(view.length() == static_cast<std::int64_t>(expected.size()));
    std::vector<Code> codes(expected.size());
    CHECK(window::materialize(view, dna, codes) == expected.size());
    CHECK(codes == encoded(expected));
  }
}

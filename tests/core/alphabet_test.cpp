#include "vio/core/alphabet.hpp"

#include <string>
#include <vector>

#include "catch.hpp"

using vio::core::Alphabet;
using vio::core::Code;

TEST_CASE("DNA codes follow A C G T N, whatever the case") {
  const auto dna = Alphabet::dna();
  const std::string text = "ACGTacgtUuNnRYKM-*.";
  std::vector<Code> codes(text.size());
  dna.encode(text, codes);
  const std::vector<Code> expected{0, 1, 2, 3, 0, 1, 2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4};
  CHECK(codes == expected);
  CHECK(dna.unknown() == 4);
  CHECK(dna.pad() == 5);
}

TEST_CASE("complement pairs bases and keeps unknown and padding") {
  for (const auto& alphabet : {Alphabet::dna(), Alphabet::rna()}) {
    CHECK(alphabet.complement(0) == 3);
    CHECK(alphabet.complement(1) == 2);
    CHECK(alphabet.complement(2) == 1);
    CHECK(alphabet.complement(3) == 0);
    CHECK(alphabet.complement(alphabet.unknown()) == alphabet.unknown());
    CHECK(alphabet.complement(alphabet.pad()) == alphabet.pad());
  }
  CHECK_FALSE(Alphabet::protein().has_complement());
}

TEST_CASE("RNA reads T as U") {
  const auto rna = Alphabet::rna();
  CHECK(rna.encode('T') == rna.encode('U'));
  CHECK(rna.encode('t') == 3);
}

TEST_CASE("custom alphabets refuse what cannot be told apart") {
  CHECK(Alphabet::custom("HEC").size() == 3);
  CHECK_THROWS_AS(Alphabet::custom("A"), std::invalid_argument);
  CHECK_THROWS_AS(Alphabet::custom("AA"), std::invalid_argument);
  CHECK_THROWS_AS(Alphabet::custom("Aa"), std::invalid_argument);
  CHECK_THROWS_AS(Alphabet::custom("A C"), std::invalid_argument);
  CHECK_THROWS_AS(Alphabet::custom(std::string(65, 'x')), std::invalid_argument);
}

TEST_CASE("alphabets are found by name or by their symbols") {
  CHECK(Alphabet::named("dna") == Alphabet::dna());
  CHECK(Alphabet::named("protein").size() == 20);
  CHECK(Alphabet::named("01").encode('1') == 1);
}

#include "vio/core/strand.hpp"

#include "catch.hpp"
#include "vio/core/error.hpp"

using namespace vio::core;

TEST_CASE("a strand goes by the names of --strand") {
  CHECK(parse_strand("forward", Alphabet::dna()) == Strand::forward);
  CHECK(parse_strand("reverse", Alphabet::rna()) == Strand::reverse);
  CHECK(parse_strand("both", Alphabet::dna()) == Strand::both);
  CHECK_THROWS_AS(parse_strand("+", Alphabet::dna()), UsageError);
}

TEST_CASE("an alphabet without complements has the forward strand only") {
  CHECK(parse_strand("forward", Alphabet::protein()) == Strand::forward);
  CHECK_THROWS_AS(parse_strand("reverse", Alphabet::protein()), UsageError);
  CHECK_THROWS_AS(parse_strand("both", Alphabet::protein()), UsageError);
}

#include "vio/annotate/probability.hpp"

#include <string>

#include "catch.hpp"

using namespace vio::annotate;

namespace {
std::string printed(double value) {
  std::string out;
  append_millionths(out, to_millionths(value));
  return out;
}
}  // namespace

TEST_CASE("probabilities print with six decimals and no negative zero") {
  CHECK(printed(0) == "0.000000");
  CHECK(printed(-0.0) == "0.000000");
  CHECK(printed(-4e-7) == "0.000000");
  CHECK(printed(1) == "1.000000");
  CHECK(printed(0.5) == "0.500000");
  CHECK(printed(0.0000014) == "0.000001");
  CHECK(printed(0.9999996) == "1.000000");
  CHECK(printed(-0.25) == "-0.250000");
  CHECK(printed(2.5) == "2.500000");
}

TEST_CASE("the first of equal classes is the label") {
  CHECK(top_class(std::vector<Millionths>{1, 5, 5}) == 1);
  CHECK(top_class(std::vector<Millionths>{7}) == 0);
  // Different before rounding, equal as printed.
  CHECK(top_class(std::vector<Millionths>{to_millionths(0.45000001), to_millionths(0.4500002)}) ==
        0);
}

TEST_CASE("entropy is in bits") {
  CHECK(entropy_millionths(std::vector<double>{1, 0}) == 0);
  CHECK(entropy_millionths(std::vector<double>{0.5, 0.5}) == 1'000'000);
  CHECK(entropy_millionths(std::vector<double>{0.25, 0.25, 0.25, 0.25}) == 2'000'000);
}

#include "vio/cli/describe_model.hpp"

#include "catch.hpp"

using namespace vio;

TEST_CASE("a card cannot steer the terminal") {
  model::Model model;
  model.spec = model::v1_spec({"a", "b"});
  model.card.name = "evil";
  model.card.description = "clears\x1b[2Jthe\nscreen, 95 % of it";
  const auto text = cli::describe_model(model);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("clears [2Jthe screen, 95 % of it\n") != std::string::npos);
  CHECK(text.find("parameters     19202\n") != std::string::npos);
  CHECK(text.find("words") == std::string::npos);
  model.spec.words.length = 3;
  CHECK(cli::describe_model(model).find("frequencies of 3-mers") != std::string::npos);
}

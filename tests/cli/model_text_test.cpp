#include "cli/model_text.hpp"

#include "catch.hpp"

using namespace vio;

namespace {

model::Model measured(std::vector<std::string> classes, std::string metrics) {
  model::Model model;
  model.spec = model::v1_spec(std::move(classes));
  model.card.description = "what it\tdoes";
  model.card.metrics_json = std::move(metrics);
  return model;
}

}  // namespace

TEST_CASE("a model is listed with its score, the interval and what was measured") {
  const auto many = measured({"a", "b", "c"},
                             R"({"accuracy": 0.81, "accuracy_95_low": 0.7949,
                                 "accuracy_95_high": 0.8251, "mcc": 0.7,
                                 "measured_on": "1665 rows\nof test.csv"})");
  CHECK(cli::model_line("m", many) ==
        "m\t1000\t3\tno\taccuracy 0.810 [0.795, 0.825]\t1665 rows of test.csv\twhat it does\n");
  const auto two = measured({"a", "b"}, R"({"accuracy": 0.81, "mcc": 0.62, "test_rows": 613})");
  CHECK(cli::model_line("m", two) == "m\t1000\t2\tno\tmcc 0.620\t613 test rows\twhat it does\n");
}

TEST_CASE("a model whose card says nothing is listed without a score") {
  for (const auto* metrics : {"", "{}", "[1]", R"({"accuracy": "high", "measured_on": 7})"}) {
    CAPTURE(metrics);
    CHECK(cli::model_line("vio-v1", measured({"a", "b", "c"}, metrics)).find("\t-\t-\twhat") !=
          std::string::npos);
  }
}

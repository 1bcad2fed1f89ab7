#include "vio/train/report.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "catch.hpp"

using Catch::Matchers::Contains;

namespace {

const std::vector<std::string> class_list{"exon", "a_rather_long_class"};

vio::train::Evaluation small_evaluation() {
  vio::train::Predictions predictions{
      .n_classes = 2, .probabilities = {0.9F, 0.1F, 0.2F, 0.8F, 0.7F, 0.3F}, .truth = {0, 1, 1}};
  return vio::train::evaluate(predictions, 100, 0);
}

}  // namespace

TEST_CASE("the JSON report holds what was measured") {
  const auto json =
      nlohmann::json::parse(vio::train::evaluation_to_json(small_evaluation(), class_list));
  CHECK(json["rows"] == 3);
  CHECK(json["accuracy"]["value"].get<double>() == Approx(2.0 / 3).epsilon(1e-5));
  CHECK(json["accuracy"]["interval_95"].size() == 2);
  CHECK(json["classes"][1]["class"] == "a_rather_long_class");
  CHECK(json["classes"][1]["support"] == 2);
  CHECK(json["classes"][1]["recall"] == 0.5);
  CHECK(json["confusion_matrix"]["counts"] == nlohmann::json::parse("[[1,0],[1,1]]"));
  // Confidences .9 and .8 are right, .7 is wrong, each in a bin of its own.
  CHECK(json["expected_calibration_error"]["value"].get<double>() ==
        Approx((0.1 + 0.2 + 0.7) / 3).epsilon(1e-5));
}

TEST_CASE("the text report names every class in both tables") {
  const auto text = vio::train::evaluation_to_text(small_evaluation(), class_list);
  CHECK_THAT(text, Contains("3 rows"));
  CHECK_THAT(text, Contains("accuracy              0.6667"));
  for (const auto& name : class_list) {
    const auto first = text.find(name);
    REQUIRE(first != std::string::npos);
    CHECK(text.find(name, first + 1) != std::string::npos);
  }
}

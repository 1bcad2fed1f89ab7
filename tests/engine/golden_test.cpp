#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

#include "catch.hpp"
#include "engine/scoring.hpp"

namespace {

using namespace vio;

constexpr float kTolerance = 1e-5F;

/// The weights that make_golden.py gives a model: a formula over its values, by tensor name.
model::Model model_of(const std::string& spec_json) {
  model::Model model;
  model.spec = model::parse_spec(spec_json);
  for (const auto& [name, shape] : model::tensor_shapes(model.spec)) {
    const auto size =
        std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
    model.tensors[name] = {shape, std::vector<float>(static_cast<std::size_t>(size))};
  }
  double k = 0.0;
  for (auto& [name, tensor] : model.tensors) {
    for (auto& value : tensor.values) {
      value = static_cast<float>(0.7 * std::sin(12.9898 * k + 0.013 * k * k));
      k += 1.0;
    }
  }
  return model;
}

struct Golden {
  test::Sequence sequence;
  std::vector<float> probabilities;
};

Golden parse_window(const std::string& line, std::size_t classes) {
  std::istringstream in(line);
  Golden golden;
  std::size_t length = 0;
  in >> golden.sequence.whole >> length;
  for (std::size_t i = 0; i < length; ++i) {
    int code = 0;
    in >> code;
    golden.sequence.codes.push_back(static_cast<core::Code>(code));
  }
  golden.probabilities.resize(classes);
  for (auto& probability : golden.probabilities) {
    in >> probability;
  }
  REQUIRE(in);
  return golden;
}

float largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  return std::transform_reduce(
      a.begin(), a.end(), b.begin(), 0.0F, [](float x, float y) { return std::max(x, y); },
      [](float x, float y) { return std::abs(x - y); });
}

}  // namespace

TEST_CASE("the reference engine agrees with PyTorch on random members of the family") {
  std::ifstream file(std::filesystem::path(VIO_TEST_DIR) / "engine/golden.txt");
  std::string spec_json;
  std::string line;
  int cases = 0;
  for (; std::getline(file, spec_json); ++cases) {
    const auto model = model_of(spec_json);
    REQUIRE(std::getline(file, line));
    for (int left = std::stoi(line); left > 0; --left) {
      REQUIRE(std::getline(file, line));
      const auto golden = parse_window(line, model.spec.classes.size());
      const auto scored = test::score(model, {golden.sequence});
      CAPTURE(spec_json, golden.sequence.codes.size());
      CHECK(largest_difference(scored[0], golden.probabilities) < kTolerance);
    }
  }
  CHECK(cases >= 60);
}

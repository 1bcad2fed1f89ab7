#include "train/classifier.hpp"

#include <torch/nn/modules/linear.h>
#include <torch/types.h>

#include "catch.hpp"
#include "small_training.hpp"

using namespace vio;
using namespace vio::train;

namespace {

/// Counts of symbols and a linear layer: a rival that is none.
class Counts final : public Classifier {
 public:
  Counts() : linear_(register_module("linear", torch::nn::Linear(4, 2))) {}

  torch::Tensor forward(const Batch& batch) override {
    CHECK_FALSE(batch.packed);
    std::vector<torch::Tensor> columns;
    for (int symbol = 0; symbol < 4; ++symbol) {
      columns.push_back((batch.codes_nl == symbol).sum(1) / batch.lengths);
    }
    return linear_(torch::stack(columns, 1).to(torch::kFloat));
  }

 private:
  torch::nn::Linear linear_;
};

}  // namespace

TEST_CASE("the trainer trains any classifier") {
  const Trainable counts{[] { return std::make_shared<Counts>(); }, test::small_residual_spec()};
  auto options = test::small_vio_recipe(20, 2);
  options.learning_rate = 0.2;
  const auto result = fit_classifier(counts, test::random_rows(80, 1), {}, options, {});
  CHECK(result.tensors.size() == 2);
  CHECK(result.tensors.contains("linear.weight"));
  const auto predictions =
      predict_classifier(counts, result.tensors, test::random_rows(80, 2), options.compute);
  CHECK(scores(confusion_matrix(predictions)).accuracy > 0.9);
}

#include "models/window_scorer.hpp"

#include <numeric>
#include <vector>

#include "models/networks.hpp"
#include "train/replicas.hpp"
#include "vio/engine/fused/fused_engine.hpp"

namespace vio::bench {

namespace {

class TorchScorer final : public WindowScorer {
 public:
  TorchScorer(const Contender& contender, const model::Spec& spec)
      : spec_(spec),
        replicas_(contender.make(spec, {}), {.device = "cpu", .threads = 1, .batch_size = 1}) {
    replicas_.set_training(false);
  }

  void take(const train::Dataset& data) override {
    std::vector<std::size_t> rows(data.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    batch_ = train::make_batch(data, rows, spec_);
  }

  void score() override {
    replicas_.run([&](std::size_t worker) {
      const torch::NoGradGuard no_grad;
      (void)replicas_.at(worker).forward(batch_);
    });
  }

 private:
  model::Spec spec_;
  train::Replicas replicas_;
  train::Batch batch_;
};

model::Model random_model(const model::Spec& spec) {
  return {.spec = spec,
          .tensors = train::vio_classifier(spec, {})()->weights(),
          .card = {},
          .sha256 = {}};
}

class FusedScorer final : public WindowScorer {
 public:
  explicit FusedScorer(const model::Spec& spec)
      : classes_(spec.classes.size()),
        engine_(std::make_shared<const model::Model>(random_model(spec))) {}

  void take(const train::Dataset& data) override {
    blocks_.clear();
    windows_.clear();
    for (const auto& codes : data.sequences) {
      blocks_.push_back({codes});
    }
    for (const auto& block : blocks_) {
      windows_.push_back({.block = &block,
                          .begin = 0,
                          .end = static_cast<std::int64_t>(block.codes.size()),
                          .edit = {},
                          .reverse = false,
                          .whole = true});
    }
    probabilities_.resize(windows_.size() * classes_);
  }

  void score() override { (void)engine_.score(windows_, probabilities_); }

 private:
  std::size_t classes_;
  engine::FusedEngine engine_;
  std::vector<window::Block> blocks_;
  std::vector<window::Window> windows_;
  std::vector<float> probabilities_;
};

}  // namespace

std::unique_ptr<WindowScorer> make_scorer(std::string_view name, const model::Spec& spec) {
  if (name == kFusedEngine) {
    return std::make_unique<FusedScorer>(spec);
  }
  return std::make_unique<TorchScorer>(contender(name), spec);
}

}  // namespace vio::bench

#pragma once

#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "vio/model/model.hpp"
#include "vio/model/word_logits.hpp"
#include "vio/window/window.hpp"

namespace vio::engine {

/// What a window's words add to the probabilities that a network gave it; nothing for a model
/// without words. They cost about a hundredth of a pass through `default`, so overlapping windows
/// don't share them.
class WindowWords {
 public:
  explicit WindowWords(std::shared_ptr<const model::Model> model) : model_(std::move(model)) {
    if (model_->spec.words.length > 0) {
      words_.emplace(model_->spec, model_->values("words.weight"));
    }
  }

  /// `probabilities` are [n_windows, n_classes]. Thread-safe.
  void add(std::span<const window::Window> windows, std::span<float> probabilities) const {
    if (!words_) {
      return;
    }
    const auto classes = model_->spec.classes.size();
    std::vector<core::Code> codes;
    for (std::size_t i = 0; i < windows.size(); ++i) {
      codes.resize(static_cast<std::size_t>(windows[i].length()));
      window::materialize(windows[i], model_->spec.alphabet, codes);
      words_->add_to_probabilities(codes, probabilities.subspan(i * classes, classes));
    }
  }

 private:
  std::shared_ptr<const model::Model> model_;
  std::optional<model::WordLogits> words_;
};

}  // namespace vio::engine

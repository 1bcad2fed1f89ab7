#include "vio/engine/fused/fused_engine.hpp"

#include <fmt/format.h>

#include <mutex>
#include <utility>
#include <vector>

#include "engine/fused/batch.hpp"
#include "engine/fused/head.hpp"
#include "engine/window_words.hpp"

namespace vio::engine {

namespace {

struct Scratch {
  explicit Scratch(const fused::Network& network) : pooler(network) {}

  fused::BatchPooler pooler;
  std::vector<fused::Head::WindowFacts> facts;
  fused::Head::Scratch head;
};

}  // namespace

class FusedEngine::Impl {
 public:
  explicit Impl(std::shared_ptr<const model::Model> model)
      : model_(std::move(model)),
        network_(*model_, fused::best_kernels()),
        head_(*model_),
        words_(model_) {}

  [[nodiscard]] const char* target() const noexcept { return network_.kernels.target; }

  Work score(std::span<const window::Window> windows, std::span<float> probabilities) {
    auto scratch = borrow();
    Work work;
    scratch->facts.clear();
    for (const auto& window : windows) {
      work.positions_requested += static_cast<std::uint64_t>(window.length());
      scratch->facts.push_back({window.length(), window.whole});
    }
    auto& rows = scratch->head.rows;
    rows.assign(windows.size() * head_.row_stride(), 0.0F);
    const auto flops = scratch->pooler.pool(windows, rows.data(), head_.row_stride());
    const auto each = static_cast<std::uint64_t>(model::flops_per_position(model_->spec));
    work.positions_computed = (flops + each / 2) / each;
    head_.classify(network_.kernels, scratch->facts, scratch->head, probabilities);
    words_.add(windows, probabilities);
    give_back(std::move(scratch));
    return work;
  }

 private:
  std::unique_ptr<Scratch> borrow() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) {
      return std::make_unique<Scratch>(network_);
    }
    auto scratch = std::move(free_.back());
    free_.pop_back();
    return scratch;
  }

  void give_back(std::unique_ptr<Scratch> scratch) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(scratch));
  }

  std::shared_ptr<const model::Model> model_;
  fused::Network network_;
  fused::Head head_;
  WindowWords words_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Scratch>> free_;  ///< as many as threads ever scored at once
};

FusedEngine::FusedEngine(std::shared_ptr<const model::Model> model)
    : impl_(std::make_unique<Impl>(std::move(model))) {}

FusedEngine::~FusedEngine() = default;

std::string FusedEngine::device() const {
  return fmt::format("cpu ({})", impl_->target());
}

Work FusedEngine::score(std::span<const window::Window> windows, std::span<float> probabilities) {
  return impl_->score(windows, probabilities);
}

}  // namespace vio::engine

#include "vio/engine/fused/fused_engine.hpp"

#include <fmt/format.h>

#include <mutex>
#include <utility>
#include <vector>

#include "engine/fused/head.hpp"
#include "engine/fused/pool.hpp"
#include "engine/fused/strip.hpp"

namespace vio::engine {

namespace {

struct Scratch {
  std::vector<core::Code> codes;
  std::vector<fused::Head::WindowFacts> facts;
  fused::StripScratch strip;
  fused::Pool::Scratch pool;
  fused::Head::Scratch head;
};

}  // namespace

class FusedEngine::Impl {
 public:
  explicit Impl(std::shared_ptr<const model::Model> model)
      : model_(std::move(model)),
        kernels_(fused::best_kernels()),
        stack_(*model_),
        pool_(*model_),
        head_(*model_) {}

  [[nodiscard]] const char* target() const noexcept { return kernels_.target; }

  Work score(std::span<const window::Window> windows, std::span<float> probabilities) {
    auto scratch = borrow();
    Work work;
    scratch->facts.clear();
    scratch->head.rows.assign(windows.size() * head_.row_stride(), 0.0F);
    for (std::size_t i = 0; i < windows.size(); ++i) {
      const auto pooled =
          std::span(scratch->head.rows).subspan(i * head_.row_stride(), pool_.features());
      work.positions_requested += static_cast<std::uint64_t>(windows[i].length());
      work.positions_computed += pool_window(windows[i], *scratch, pooled);
      scratch->facts.push_back({windows[i].length(), windows[i].whole});
    }
    head_.classify(kernels_, scratch->facts, scratch->head, probabilities);
    give_back(std::move(scratch));
    return work;
  }

 private:
  /// Returns the positions that went through the network.
  std::size_t pool_window(const window::Window& window, Scratch& scratch,
                          std::span<float> pooled) const {
    const auto& spec = model_->spec;
    const auto length = static_cast<std::size_t>(window.length());
    scratch.codes.assign(spec.fixed_window ? static_cast<std::size_t>(spec.window) : length,
                         spec.alphabet.pad());
    window::materialize(window, spec.alphabet, scratch.codes);
    const float* const x =
        fused::strip_features(stack_, kernels_, scratch.codes, spec.alphabet.pad(), scratch.strip);
    const auto positions = spec.pooling.over_padding ? scratch.codes.size() : length;
    pool_.pool(kernels_, x, positions, scratch.pool, pooled);
    return scratch.codes.size();
  }

  std::unique_ptr<Scratch> borrow() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) {
      return std::make_unique<Scratch>();
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
  const fused::Kernels& kernels_;
  fused::PackedStack stack_;
  fused::Pool pool_;
  fused::Head head_;
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

#include "engine/torch/runner_pool.hpp"

#include <utility>

namespace vio::engine {

RunnerPool::RunnerPool(std::vector<std::unique_ptr<BatchRunner>> runners)
    : runners_(std::move(runners)) {
  idle_.reserve(runners_.size());
  for (const auto& runner : runners_) {
    idle_.push_back(runner.get());
  }
}

RunnerPool::Lease RunnerPool::lease() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [&] { return !idle_.empty(); });
  BatchRunner* runner = idle_.back();
  idle_.pop_back();
  return {runner, [this](BatchRunner* lent) { give_back(lent); }};
}

void RunnerPool::give_back(BatchRunner* runner) {
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(runner);
  }
  returned_.notify_one();
}

}  // namespace vio::engine

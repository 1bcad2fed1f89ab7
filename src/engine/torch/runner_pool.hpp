#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/torch/batch_runner.hpp"

namespace vio::engine {

/// Lends runners to threads; those that find none wait. Thread-safe.
class RunnerPool {
 public:
  /// Gives the runner back when it goes.
  using Lease = std::unique_ptr<BatchRunner, std::function<void(BatchRunner*)>>;

  explicit RunnerPool(std::vector<std::unique_ptr<BatchRunner>> runners);

  /// The pool must outlive the lease.
  [[nodiscard]] Lease lease();

 private:
  void give_back(BatchRunner* runner);

  std::vector<std::unique_ptr<BatchRunner>> runners_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<BatchRunner*> idle_;
};

}  // namespace vio::engine

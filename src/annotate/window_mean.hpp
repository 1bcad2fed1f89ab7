#pragma once

#include <cstdint>
#include <vector>

#include "vio/annotate/scored_batch.hpp"
#include "vio/core/status.hpp"

namespace vio::annotate {

/// The mean of a sequence's windows: summed in double and in window order, so that batch borders
/// leave no trace in the result.
class WindowMean {
 public:
  explicit WindowMean(std::size_t n_classes) : weighted_(n_classes), plain_(n_classes) {}

  void add(const ScoredBatch& batch, std::size_t window);
  /// [n_classes]; weighted by known positions, by one each where no window has any. Needs
  /// n_scored() > 0.
  [[nodiscard]] std::vector<double> mean() const;
  [[nodiscard]] std::uint64_t n_seen() const noexcept { return n_seen_; }
  [[nodiscard]] std::uint64_t n_scored() const noexcept { return n_scored_; }
  /// Ok if any window was scored, else the first one's reason.
  [[nodiscard]] core::Status status() const noexcept {
    return n_scored_ > 0 ? core::Status::ok : first_status_;
  }

 private:
  std::vector<double> weighted_;
  std::vector<double> plain_;
  double weight_ = 0;
  std::uint64_t n_scored_ = 0;
  std::uint64_t n_seen_ = 0;
  core::Status first_status_ = core::Status::ok;
};

}  // namespace vio::annotate

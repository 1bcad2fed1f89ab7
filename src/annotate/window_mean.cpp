#include "annotate/window_mean.hpp"

namespace vio::annotate {

void WindowMean::add(const ScoredBatch& batch, std::size_t window) {
  const auto& planned = batch.encoded.windows[window];
  if (n_seen_++ == 0) {
    first_status_ = planned.status;
  }
  if (planned.status != core::Status::ok) {
    return;
  }
  const auto known = static_cast<double>(planned.length() - batch.encoded.unknown[window]);
  const std::size_t n_classes = plain_.size();
  for (std::size_t i = 0; i < n_classes; ++i) {
    const double p = batch.probabilities[window * n_classes + i];
    weighted_[i] += known * p;
    plain_[i] += p;
  }
  weight_ += known;
  ++n_scored_;
}

std::vector<double> WindowMean::mean() const {
  auto sums = weight_ > 0 ? weighted_ : plain_;
  const double total = weight_ > 0 ? weight_ : static_cast<double>(n_scored_);
  for (auto& sum : sums) {
    sum /= total;
  }
  return sums;
}

}  // namespace vio::annotate

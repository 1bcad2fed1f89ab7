#include "vio/train/trainer.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <numeric>

#include "train/learner.hpp"
#include "train/numpy_random.hpp"
#include "vio/core/error.hpp"

namespace vio::train {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The epochs of one training run.
class Training {
 public:
  Training(const Dataset& train, const Dataset& validation, const FitOptions& options,
           const FitHooks& hooks, Learner& learner)
      : train_(train),
        validation_(validation),
        options_(options),
        hooks_(hooks),
        learner_(learner),
        random_(options.seed),
        start_(Clock::now()) {}

  FitResult run() {
    for (int epoch = 1; epoch <= options_.epochs && !result_.stopped && !out_of_patience(epoch);
         ++epoch) {
      run_epoch(epoch);
    }
    if (!has_best()) {
      result_.tensors = learner_.weights();
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool has_best() const { return !result_.tensors.empty(); }

  [[nodiscard]] bool out_of_patience(int epoch) const {
    return options_.patience > 0 && has_best() &&
           epoch - 1 - result_.best_epoch >= options_.patience;
  }

  void run_epoch(int epoch) {
    const auto epoch_start = Clock::now();
    const auto order = random_.permutation(train_.size());
    StepResult sum;
    std::size_t done = 0;
    while (done < order.size() && !result_.stopped) {
      const auto n = std::min(options_.compute.batch_size, order.size() - done);
      const auto step = learner_.step(train_, std::span(order).subspan(done, n));
      done += n;
      sum.loss_sum += step.loss_sum;
      sum.correct += step.correct;
      report_step(epoch, done, sum);
      result_.stopped = hooks_.stop && hooks_.stop();
    }
    if (done == order.size()) {
      end_epoch({.epoch = epoch,
                 .train_loss = sum.loss_sum / static_cast<double>(done),
                 .train_accuracy = static_cast<double>(sum.correct) / static_cast<double>(done),
                 .validation_loss = {},
                 .validation_accuracy = {},
                 .seconds = seconds_since(epoch_start)});
    }
  }

  void end_epoch(EpochLog log) {
    if (validation_.size() > 0) {
      const auto predictions = learner_.predict(validation_);
      log.validation_loss = mean_log_loss(predictions);
      log.validation_accuracy = scores(confusion_matrix(predictions)).accuracy;
      if (*log.validation_loss < best_loss_) {
        best_loss_ = *log.validation_loss;
        result_.best_epoch = log.epoch;
        result_.tensors = learner_.weights();
      }
    } else {
      result_.best_epoch = log.epoch;
    }
    result_.log.push_back(log);
    if (hooks_.on_epoch) {
      hooks_.on_epoch(log);
    }
  }

  void report_step(int epoch, std::size_t done, const StepResult& sum) const {
    if (!hooks_.on_step) {
      return;
    }
    const auto rows = static_cast<double>(train_.size());
    const auto rows_now = static_cast<double>(done);
    const double rows_all = rows * (epoch - 1) + rows_now;
    const double rate = rows_all / std::max(seconds_since(start_), 1e-9);
    hooks_.on_step({.epoch = epoch,
                    .epochs = options_.epochs,
                    .rows_done = done,
                    .rows_total = train_.size(),
                    .loss = sum.loss_sum / rows_now,
                    .accuracy = static_cast<double>(sum.correct) / rows_now,
                    .rows_per_second = rate,
                    .seconds_left = (rows * options_.epochs - rows_all) / rate});
  }

  const Dataset& train_;
  const Dataset& validation_;
  const FitOptions& options_;
  const FitHooks& hooks_;
  Learner& learner_;
  NumpyRandom random_;
  Clock::time_point start_;
  double best_loss_ = std::numeric_limits<double>::infinity();
  FitResult result_;
};

}  // namespace

FitResult fit(const model::Spec& spec, const Dataset& train, const Dataset& validation,
              const FitOptions& options, const FitHooks& hooks) {
  if (train.size() == 0) {
    throw core::UsageError("there are no rows to train on; expected labelled sequences");
  }
  if (options.compute.batch_size == 0) {
    throw core::UsageError("a batch must hold at least one sequence; give a larger batch size");
  }
  Learner learner(spec, options);
  return Training(train, validation, options, hooks, learner).run();
}

}  // namespace vio::train

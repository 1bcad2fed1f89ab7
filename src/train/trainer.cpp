#include "vio/train/trainer.hpp"

#include <algorithm>
#include <chrono>

#include "train/checkpoint.hpp"
#include "train/learner.hpp"
#include "train/numpy_random.hpp"
#include "train/words.hpp"
#include "vio/core/error.hpp"

namespace vio::train {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The more the better.
double monitored(const EpochLog& log, Monitor monitor) {
  switch (monitor) {
    case Monitor::accuracy:
      return *log.validation_accuracy;
    case Monitor::macro_f1:
      return *log.validation_macro_f1;
    case Monitor::mcc:
      return *log.validation_mcc;
    case Monitor::loss:
      break;
  }
  return -*log.validation_loss;
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

  /// Makes it a run that can be gone on with, and goes on where asked to.
  void use_checkpoint(const CheckpointOptions& options, RunIdentity identity) {
    checkpoint_path_ = options.path;
    now_.identity = std::move(identity);
    if (!options.resume) {
      return;
    }
    if (auto saved = load_checkpoint(options.path, now_.identity)) {
      now_ = std::move(*saved);
      learner_.restore(now_.learner);
      resumed_epochs_ = now_.epoch - 1;
    }
    // The order of rows is a function of the seed and the number of the epoch.
    for (int epoch = 1; epoch < now_.epoch; ++epoch) {
      (void)random_.permutation(train_.size());
    }
    first_row_ = rows_seen();
  }

  FitResult run() {
    while (now_.epoch <= options_.epochs && !stopped_ && !out_of_patience()) {
      run_epoch();
    }
    FitResult result{.tensors = now_.best.empty() ? learner_.weights() : std::move(now_.best),
                     .log = std::move(now_.log),
                     .best_epoch = now_.best_epoch,
                     .stopped = stopped_,
                     .resumed_epochs = resumed_epochs_,
                     .initial_tensors = learner_.initial_tensors()};
    return result;
  }

 private:
  [[nodiscard]] bool out_of_patience() const {
    return options_.patience > 0 && !now_.best.empty() &&
           now_.epoch - 1 - now_.best_epoch >= options_.patience;
  }

  void run_epoch() {
    const auto epoch_start = Clock::now();
    const auto order = random_.permutation(train_.size());
    auto& sum = now_.sum;
    auto& done = now_.rows_done;
    while (done < order.size() && !stopped_) {
      const auto n = std::min(options_.compute.batch_size, order.size() - done);
      const auto step = learner_.step(std::span(order).subspan(done, n), now_.epoch);
      done += n;
      sum.loss_sum += step.loss_sum;
      sum.correct += step.correct;
      report_step();
      stopped_ = hooks_.stop && hooks_.stop();
    }
    if (done == order.size()) {
      end_epoch(seconds_since(epoch_start));
    }
    save();
  }

  void end_epoch(double seconds) {
    const auto rows = static_cast<double>(train_.size());
    EpochLog log;
    log.epoch = now_.epoch;
    log.train_loss = now_.sum.loss_sum / rows;
    log.train_accuracy = static_cast<double>(now_.sum.correct) / rows;
    log.seconds = seconds;
    if (validation_.size() > 0) {
      validate(log);
    } else {
      now_.best_epoch = log.epoch;
    }
    now_.log.push_back(log);
    ++now_.epoch;
    now_.rows_done = 0;
    now_.sum = {};
    if (hooks_.on_epoch) {
      hooks_.on_epoch(log);
    }
  }

  void validate(EpochLog& log) {
    const auto predictions = learner_.predict(validation_);
    const auto measured = scores(confusion_matrix(predictions));
    log.validation_loss = mean_log_loss(predictions);
    log.validation_accuracy = measured.accuracy;
    log.validation_macro_f1 = measured.macro_f1;
    log.validation_mcc = measured.mcc;
    const double score = monitored(log, options_.monitor);
    if (now_.best.empty() || score > now_.best_score) {
      now_.best_score = score;
      now_.best_epoch = log.epoch;
      now_.best = learner_.weights();
    }
  }

  void save() {
    if (!checkpoint_path_.empty()) {
      now_.learner = learner_.state();
      save_checkpoint(now_, checkpoint_path_);
    }
  }

  [[nodiscard]] double rows_seen() const {
    return static_cast<double>(train_.size()) * (now_.epoch - 1) +
           static_cast<double>(now_.rows_done);
  }

  void report_step() const {
    if (!hooks_.on_step) {
      return;
    }
    const auto rows_now = static_cast<double>(now_.rows_done);
    const double rate = (rows_seen() - first_row_) / std::max(seconds_since(start_), 1e-9);
    const double rows_left = static_cast<double>(train_.size()) * options_.epochs - rows_seen();
    hooks_.on_step({.epoch = now_.epoch,
                    .epochs = options_.epochs,
                    .rows_done = now_.rows_done,
                    .rows_total = train_.size(),
                    .loss = now_.sum.loss_sum / rows_now,
                    .accuracy = static_cast<double>(now_.sum.correct) / rows_now,
                    .rows_per_second = rate,
                    .seconds_left = rows_left / rate});
  }

  const Dataset& train_;
  const Dataset& validation_;
  const FitOptions& options_;
  const FitHooks& hooks_;
  Learner& learner_;
  NumpyRandom random_;
  Clock::time_point start_;
  std::string checkpoint_path_;
  Checkpoint now_;
  double first_row_ = 0;  ///< rows that an earlier process saw
  int resumed_epochs_ = 0;
  bool stopped_ = false;
};

}  // namespace

FitResult fit_classifier(const Trainable& trainable, const Dataset& train,
                         const Dataset& validation, const FitOptions& options,
                         const FitHooks& hooks, const FitStart& start) {
  if (train.size() == 0) {
    throw core::UsageError("there are no rows to train on; expected labelled sequences");
  }
  if (options.compute.batch_size == 0) {
    throw core::UsageError("a batch must hold at least one sequence; give a larger batch size");
  }
  Learner learner(trainable, train, options, start);
  Training training(train, validation, options, hooks, learner);
  if (!start.checkpoint.path.empty()) {
    training.use_checkpoint(start.checkpoint,
                            identify(trainable.spec, train, validation, options, start));
  }
  return training.run();
}

FitResult fit(const model::Spec& spec, const Dataset& train, const Dataset& validation,
              const FitOptions& options, const FitHooks& hooks, const FitStart& start) {
  check_words(spec, options.word_share);
  auto result = fit_classifier({vio_classifier(spec, options), spec}, train, validation, options,
                               hooks, start);
  if (spec.words.length > 0 && result.stopped) {
    add_silent_words(spec, result.tensors);
  } else if (spec.words.length > 0) {
    add_words(spec, result.tensors, train,
              {.share = options.word_share, .threads = options.compute.threads});
    result.stopped = hooks.stop && hooks.stop();
  }
  return result;
}

}  // namespace vio::train

#include "models/pace.hpp"

#include <algorithm>
#include <vector>

#include "models/resources.hpp"

namespace vio::bench {

namespace {

// The first steps pay for memory and for kernels that are made when first used.
constexpr std::size_t kWarmSteps = 5;

struct Steps {
  std::vector<double> seconds;
  std::vector<std::size_t> rows;
};

/// Steps after the warm ones, until `rows` rows were seen.
Steps timed_steps(const train::Trainable& trainable, const train::Dataset& data,
                  const train::FitOptions& options, std::size_t rows) {
  Steps steps;
  std::size_t count = 0;
  std::size_t seen = 0;
  bool done = false;
  double last = cpu_seconds();
  const train::FitHooks hooks{.on_step =
                                  [&](const train::FitProgress& progress) {
                                    const double now = cpu_seconds();
                                    if (count++ >= kWarmSteps) {
                                      steps.seconds.push_back(now - last);
                                      steps.rows.push_back(progress.rows_done - seen);
                                    }
                                    seen = progress.rows_done;
                                    done = seen >= rows;
                                    last = cpu_seconds();
                                  },
                              .on_epoch = {},
                              .stop = [&] { return done; }};
  auto once = options;
  once.epochs = 1;
  (void)train::fit_classifier(trainable, data, {}, once, hooks);
  return steps;
}

/// Of the repetitions of step `step`, in rising order.
std::vector<double> sorted_seconds(const std::vector<Steps>& repetitions, std::size_t step) {
  std::vector<double> seconds;
  for (const auto& repetition : repetitions) {
    seconds.push_back(repetition.seconds[step]);
  }
  std::ranges::sort(seconds);
  return seconds;
}

}  // namespace

Pace measure_pace(const train::Trainable& trainable, const train::Dataset& data,
                  const train::FitOptions& options, std::size_t rows, std::size_t repetitions) {
  std::vector<Steps> all;
  for (std::size_t i = 0; i < repetitions; ++i) {
    all.push_back(timed_steps(trainable, data, options, rows));
  }
  Pace pace;
  pace.repetitions = repetitions;
  double fastest = 0;
  double median = 0;
  for (std::size_t step = 0; step < all.front().seconds.size(); ++step) {
    const auto seconds = sorted_seconds(all, step);
    fastest += seconds.front();
    median += seconds[seconds.size() / 2];
    pace.rows += all.front().rows[step];
  }
  if (pace.rows > 0) {
    const auto work = static_cast<double>(pace.rows) * std::max(options.compute.threads, 1);
    pace.rows_a_second = work / fastest;
    pace.median_rows_a_second = work / median;
  }
  return pace;
}

}  // namespace vio::bench

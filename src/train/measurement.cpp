#include "train/measurement.hpp"

#include <algorithm>

#include "train/draws.hpp"

namespace vio::train {

namespace {

Difference difference(double model, double baseline, const Draws& of_model,
                      const Draws& of_baseline, double Scores::*score) {
  std::vector<double> drawn;
  for (std::size_t i = 0; i < of_model.size(); ++i) {
    drawn.push_back(of_model.scores[i].*score - of_baseline.scores[i].*score);
  }
  return {.value = model - baseline, .interval = percentile_interval(std::move(drawn))};
}

Verdict verdict(const Difference& mcc) {
  if (mcc.value <= 0) {
    return Verdict::not_beaten;
  }
  return mcc.interval.low > 0 ? Verdict::beaten : Verdict::not_clearly;
}

Comparison compare(const Evaluation& model, const Draws& of_model, Baseline baseline,
                   const MeasureOptions& options) {
  const auto draws = draw_scores(baseline.predictions, options.resamples, options.seed);
  Comparison comparison{.name = std::move(baseline.name),
                        .description = std::move(baseline.description),
                        .seconds = baseline.seconds,
                        .evaluation = evaluate(baseline.predictions, draws),
                        .accuracy = {},
                        .macro_f1 = {},
                        .mcc = {}};
  const auto& theirs = comparison.evaluation.scores;
  const auto of = [&](double Scores::*score) {
    return difference(model.scores.*score, theirs.*score, of_model, draws, score);
  };
  comparison.accuracy = of(&Scores::accuracy);
  comparison.macro_f1 = of(&Scores::macro_f1);
  comparison.mcc = of(&Scores::mcc);
  comparison.verdict = verdict(comparison.mcc);
  return comparison;
}

std::optional<Scores> scores_of(const Predictions& predictions,
                                const std::vector<std::size_t>& rows) {
  if (rows.empty()) {
    return std::nullopt;
  }
  ConfusionMatrix matrix(predictions.n_classes);
  for (const auto row : rows) {
    matrix.add(predictions.truth[row], predictions.predicted(row));
  }
  return scores(matrix);
}

}  // namespace

bool AgainstTraining::beats_baselines() const {
  return std::ranges::all_of(baselines, [](const Comparison& comparison) {
    return comparison.verdict == Verdict::beaten;
  });
}

Measurement measure(const Predictions& predictions, const MeasureOptions& options) {
  return {.evaluation = evaluate(predictions, options.resamples, options.seed), .against = {}};
}

Reference make_reference(const Dataset& test, const Dataset& training,
                         const core::Alphabet& alphabet, std::size_t n_classes, int threads) {
  return {.baselines = run_baselines(training, test, alphabet, n_classes, threads),
          .overlap = find_overlap(test, training, alphabet, threads)};
}

Measurement measure(const Predictions& predictions, Reference reference,
                    const MeasureOptions& options) {
  const auto draws = draw_scores(predictions, options.resamples, options.seed);
  Measurement result{.evaluation = evaluate(predictions, draws), .against = AgainstTraining{}};
  auto& against = *result.against;
  for (auto& baseline : reference.baselines) {
    against.baselines.push_back(compare(result.evaluation, draws, std::move(baseline), options));
  }
  against.overlap = std::move(reference.overlap);
  against.unlike = scores_of(predictions, against.overlap.unlike);
  return result;
}

Measurement measure(const Predictions& predictions, const Dataset& test, const Dataset& training,
                    const core::Alphabet& alphabet, const MeasureOptions& options) {
  return measure(predictions,
                 make_reference(test, training, alphabet, predictions.n_classes, options.threads),
                 options);
}

}  // namespace vio::train

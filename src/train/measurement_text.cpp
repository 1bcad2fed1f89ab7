#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

#include "train/measurement_report.hpp"
#include "vio/train/report.hpp"

namespace vio::train {

namespace {

std::string emphasised(const std::string& sentence, bool colour) {
  return colour ? fmt::format("\033[1;31m{}\033[0m\n", sentence) : sentence + "\n";
}

double percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : 100 * static_cast<double>(part) / static_cast<double>(whole);
}

std::string baseline_table(const AgainstTraining& against) {
  auto text = fmt::format("{:<20}{:>8}  {:>8}  {:>8}   {}\n", "baseline", "accuracy", "macro F1",
                          "MCC", "the model's MCC is higher by");
  for (const auto& baseline : against.baselines) {
    const auto& scores = baseline.evaluation.scores;
    text += fmt::format("{:<20}{:>8.4f}  {:>8.4f}  {:>8.4f}   {:.4f}  [{:.4f}, {:.4f}]\n",
                        baseline.name, scores.accuracy, scores.macro_f1, scores.mcc,
                        baseline.mcc.value, baseline.mcc.interval.low, baseline.mcc.interval.high);
  }
  return text;
}

std::string unlike_line(const AgainstTraining& against) {
  if (!against.unlike || against.overlap.similar == 0) {
    return "";
  }
  return fmt::format("on the other {} test rows: accuracy {:.4f}, macro F1 {:.4f}, MCC {:.4f}\n",
                     against.overlap.unlike.size(), against.unlike->accuracy,
                     against.unlike->macro_f1, against.unlike->mcc);
}

std::string against_text(const AgainstTraining& against, bool colour) {
  auto text = fmt::format("\nbaselines that learnt from the {} training rows\n\n",
                          against.overlap.training_rows) +
              baseline_table(against) + '\n';
  const auto unbeaten = unbeaten_sentence(against);
  text +=
      unbeaten.empty() ? "the model beats them all\n" : emphasised("warning: " + unbeaten, colour);
  const auto overlap = overlap_sentence(against.overlap);
  text += against.overlap.similar == 0 ? overlap + '\n' : emphasised("warning: " + overlap, colour);
  return text + unlike_line(against);
}

}  // namespace

std::string overlap_sentence(const Overlap& overlap) {
  if (overlap.similar == 0) {
    return fmt::format(
        "no test row resembles one of the {} training rows (Jaccard similarity of 11-mers of at "
        "least {})",
        overlap.training_rows, kSimilar);
  }
  return fmt::format(
      "{} of {} test rows ({:.1f} %) occur among the {} training rows, exactly ({}) or nearly "
      "(Jaccard similarity of 11-mers of at least {}); {} ({:.1f} %) resemble one (at least {})",
      overlap.nearly_the_same, overlap.test_rows,
      percent(overlap.nearly_the_same, overlap.test_rows), overlap.training_rows, overlap.identical,
      kNearlyTheSame, overlap.similar, percent(overlap.similar, overlap.test_rows), kSimilar);
}

std::string unbeaten_sentence(const AgainstTraining& against) {
  std::string names;
  for (const auto& baseline : against.baselines) {
    if (baseline.verdict != Verdict::beaten) {
      names +=
          fmt::format("{}{}{}", names.empty() ? "" : ", ",
                      baseline.verdict == Verdict::not_clearly ? "clearly " : "", baseline.name);
    }
  }
  return names.empty() ? names
                       : fmt::format("the model does not beat these baselines (by MCC): {}", names);
}

std::string measurement_to_text(const Measurement& measurement,
                                std::span<const std::string> classes, bool colour) {
  return evaluation_to_text(measurement.evaluation, classes) +
         (measurement.against
              ? against_text(*measurement.against, colour)
              : "\nno baselines: they learn from the training rows; name them with --split or "
                "--train-table\n");
}

bool colour_wanted() {
  return ::isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr;
}

}  // namespace vio::train

#pragma once

#include <span>
#include <string>

#include "train/json.hpp"
#include "train/measurement.hpp"

namespace vio::train {

/// To six decimals, which are more than rows can tell and keep files readable; null for NaN.
[[nodiscard]] OrderedJson rounded_number(double value);
/// [low, high]
[[nodiscard]] OrderedJson interval_to_json(const Interval& interval);
/// {"value", "interval_95"}
[[nodiscard]] OrderedJson score_to_json(double value, const Interval& interval);
/// The seven summary scores, each as score_to_json() has it.
[[nodiscard]] OrderedJson scores_to_json(const Evaluation& evaluation);
/// What evaluation_to_json() is the text of.
[[nodiscard]] OrderedJson evaluation_json(const Evaluation& evaluation,
                                          std::span<const std::string> classes);

/// evaluation_json() and, where the training rows were known, `baselines`, `beats_baselines` and
/// `overlap`.
[[nodiscard]] OrderedJson measurement_to_json(const Measurement& measurement,
                                              std::span<const std::string> classes);
/// `beaten`, `not clearly beaten` or `not beaten`.
[[nodiscard]] std::string_view verdict_name(Verdict verdict);

/// One sentence: how many test rows the training rows hold.
[[nodiscard]] std::string overlap_sentence(const Overlap& overlap);
/// One sentence: which baselines the model does not beat. Empty where it beats all.
[[nodiscard]] std::string unbeaten_sentence(const AgainstTraining& against);

/// The report for people. What must not be overlooked is red where `colour` is set.
[[nodiscard]] std::string measurement_to_text(const Measurement& measurement,
                                              std::span<const std::string> classes, bool colour);
/// True where standard output is a terminal and NO_COLOR is not set.
[[nodiscard]] bool colour_wanted();

}  // namespace vio::train

#include "train/part_options.hpp"

#include <fmt/format.h>

#include "train/common_options.hpp"
#include "train/option_names.hpp"
#include "vio/core/error.hpp"

namespace vio::train {

namespace {

constexpr double kMostFraction = 0.95;
constexpr double kLeastSimilarity = 0.01;
constexpr double kDefaultSimilarity = 0.9;
constexpr std::int64_t kMostFolds = 1000;

/// Two options that say the same thing in different ways.
void refuse_both(const cli::ParsedOptions& options, std::string_view one, std::string_view other,
                 std::string_view what) {
  if (options.has(one) && options.has(other)) {
    throw core::UsageError(
        fmt::format("--{} and --{} both choose {}; give one of them", one, other, what));
  }
}

std::size_t fold_count(const cli::ParsedOptions& options) {
  return static_cast<std::size_t>(options.integer("folds", 2, kMostFolds));
}

double drop_threshold(const cli::ParsedOptions& options) {
  if (options.has("drop-similar")) {
    return options.number("drop-similar", kLeastSimilarity, 1);
  }
  return options.has("drop-similar-to") ? kDefaultSimilarity : 0;
}

}  // namespace

Division division_option(const cli::ParsedOptions& options, const Division& otherwise) {
  auto division = otherwise;
  if (options.has("split-by")) {
    division.by = value_of(kSplitKinds, options.text("split-by"));
  }
  if (options.has("split-similarity")) {
    division.similarity = options.number("split-similarity", kLeastSimilarity, 1);
  }
  if (options.has("split-seed")) {
    division.seed = seed_option(options, "split-seed");
  }
  division.threads = compute_options(options).threads;
  return division;
}

double test_fraction_option(const cli::ParsedOptions& options, double otherwise) {
  return options.has("test-size") ? options.number("test-size", 0, kMostFraction) : otherwise;
}

PartOptions part_options(const cli::ParsedOptions& options) {
  refuse_both(options, "validation", "validation-fraction", "validation rows");
  refuse_both(options, "test", "test-size", "test rows");
  refuse_both(options, "folds", "test", "test rows");
  refuse_both(options, "folds", "test-size", "test rows");
  if (options.has("final") && !options.has("folds")) {
    throw core::UsageError("--final needs --folds; without them a model is always written");
  }
  if (options.has("split-similarity") && options.text("split-by") != "similarity") {
    throw core::UsageError("--split-similarity needs --split-by similarity");
  }
  PartOptions chosen;
  chosen.folds = options.has("folds") ? fold_count(options) : 0;
  chosen.test_fraction = options.has("test") || chosen.folds > 0
                             ? 0
                             : test_fraction_option(options, chosen.test_fraction);
  if (options.has("validation-fraction")) {
    chosen.validation_fraction = options.number("validation-fraction", 0, kMostFraction);
  }
  chosen.division = division_option(options);
  chosen.drop_similar = drop_threshold(options);
  chosen.drop_added_only = options.text("drop-from") == "added";
  if (chosen.drop_added_only && !options.has("add-train")) {
    throw core::UsageError("--drop-from added needs rows that --add-train adds");
  }
  return chosen;
}

}  // namespace vio::train

#include "train/part_options.hpp"

#include <fmt/format.h>

#include "train/common_options.hpp"
#include "vio/core/error.hpp"

namespace vio::train {

namespace {

constexpr double kMostFraction = 0.95;
constexpr double kLeastSimilarity = 0.01;
constexpr double kDefaultSimilarity = 0.9;
constexpr double kDefaultTestFraction = 0.2;

/// Two options that say the same thing in different ways.
void refuse_both(const cli::ParsedOptions& options, std::string_view one, std::string_view other,
                 std::string_view what) {
  if (options.has(one) && options.has(other)) {
    throw core::UsageError(
        fmt::format("--{} and --{} both choose {}; give one of them", one, other, what));
  }
}

double drop_threshold(const cli::ParsedOptions& options) {
  if (options.has("drop-similar")) {
    return options.number("drop-similar", kLeastSimilarity, 1);
  }
  return options.has("drop-similar-to") ? kDefaultSimilarity : 0;
}

}  // namespace

double test_fraction(const cli::ParsedOptions& options) {
  return options.has("test-size") ? options.number("test-size", 0, kMostFraction)
                                  : kDefaultTestFraction;
}

PartOptions part_options(const cli::ParsedOptions& options) {
  refuse_both(options, "validation", "validation-fraction", "validation rows");
  refuse_both(options, "test", "test-size", "test rows");
  PartOptions chosen;
  chosen.test_fraction = options.has("test") ? 0 : test_fraction(options);
  if (options.has("validation-fraction")) {
    chosen.validation_fraction = options.number("validation-fraction", 0, kMostFraction);
  }
  chosen.seed = seed_option(options, "split-seed");
  chosen.drop_similar = drop_threshold(options);
  chosen.threads = compute_options(options).threads;
  chosen.drop_added_only = options.text("drop-from") == "added";
  if (chosen.drop_added_only && !options.has("add-train")) {
    throw core::UsageError("--drop-from added needs rows that --add-train adds");
  }
  return chosen;
}

}  // namespace vio::train

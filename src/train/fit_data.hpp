#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "train/division.hpp"
#include "train/fit_tables.hpp"
#include "vio/train/dataset.hpp"

namespace vio::train {

/// How rows are divided into what trains, what chooses the epoch, and what is only measured.
struct PartOptions {
  Division division{};               ///< both into test and training, and into validation
  double test_fraction = 0.2;        ///< of all rows; 0: no test part
  double validation_fraction = 0.0;  ///< of the other rows; 0: no validation part
  std::size_t folds = 0;             ///< of a cross-validation; 0: none
  /// Training rows go whose 11-mers have at least this Jaccard similarity with those of a test row
  /// or of FitTables::unlike; 0: none go.
  double drop_similar = 0;
  bool drop_added_only = false;  ///< only rows of FitTables::added go
};

struct Parts {
  Dataset train;
  Dataset validation;
  Dataset test;
  std::size_t dropped_rows = 0;   ///< by PartOptions::drop_similar, of those divided
  std::size_t dropped_added = 0;  ///< the same, of those added
  GroupCounts groups;             ///< of similar rows, from which the test part was taken
};

/// Splits off the test part, adds the rows that only train, drops what is too similar, and splits
/// off the validation part from what is left. Throws core::UsageError.
[[nodiscard]] Parts make_parts(const FitTables& tables, const model::Spec& spec,
                               const PartOptions& options);

/// The rounds of a cross-validation: in each, one fold is the test part.
class Folds {
 public:
  /// All must outlive the folds. Throws core::UsageError.
  Folds(const FitTables& tables, const model::Spec& spec, const PartOptions& options);

  [[nodiscard]] std::size_t size() const noexcept { return options_.folds; }
  /// Numbers, in the table, of the rows that a fold tests, in the order of Parts::test.
  [[nodiscard]] std::vector<std::size_t> rows(std::size_t fold) const;
  /// The parts as make_parts() would have made them from that test part.
  [[nodiscard]] Parts parts(std::size_t fold) const;
  /// All rows of the table, in its order.
  [[nodiscard]] const Dataset& all() const noexcept { return all_; }
  [[nodiscard]] const core::Alphabet& alphabet() const noexcept { return spec_.alphabet; }
  [[nodiscard]] std::size_t classes() const noexcept { return spec_.classes.size(); }
  [[nodiscard]] const GroupCounts& group_counts() const noexcept { return groups_; }

 private:
  const FitTables& tables_;
  const model::Spec& spec_;
  const PartOptions& options_;
  Dataset all_;
  GroupCounts groups_;
  std::vector<std::size_t> fold_of_;
};

}  // namespace vio::train

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vio/annotate/accounting.hpp"
#include "vio/annotate/scored_batch.hpp"
#include "vio/core/strand.hpp"

namespace vio::annotate {

using core::Strand;

/// How a row's strand prints.
[[nodiscard]] char strand_symbol(Strand strand) noexcept;

/// Turns scored batches into the lines of a table. What may run in parallel is apart from what
/// needs the input's order.
class Table {
 public:
  Table() = default;
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;
  virtual ~Table() = default;

  [[nodiscard]] virtual std::string header() const = 0;
  /// Lines that depend on one batch alone. Thread-safe.
  [[nodiscard]] virtual std::string format(const ScoredBatch& batch) const = 0;
  /// Called once a batch, in input order: lines that depend on earlier batches too.
  [[nodiscard]] virtual std::string collect(const ScoredBatch& batch) = 0;
};

/// One line a window (--by window).
[[nodiscard]] std::unique_ptr<Table> window_table(const std::vector<std::string>& classes,
                                                  Strand strand);

/// One line a sequence (--by sequence): the mean of its windows' probabilities, weighted by known
/// positions (by one each, where no window has any).
[[nodiscard]] std::unique_ptr<Table> sequence_table(const std::vector<std::string>& classes);

/// One line a skipped window (--skipped): `#seq_id start end status reason`.
[[nodiscard]] std::string skipped_header();
[[nodiscard]] std::string skipped_lines(const encode::EncodedBatch& batch);

/// Follows records across batches: a record is scored if any of its windows is, else it counts
/// under its first window's reason.
class RecordTally {
 public:
  /// Counts what leaves with this batch, in input order.
  void add(const encode::EncodedBatch& batch, Accounting& accounting);
  /// The first and the last record counted; nothing before the first.
  [[nodiscard]] const std::optional<CountedRecord>& first() const noexcept { return first_; }
  [[nodiscard]] const std::optional<CountedRecord>& last() const noexcept { return last_; }

 private:
  std::optional<CountedRecord> first_;
  std::optional<CountedRecord> last_;
  bool any_window_ = false;
  bool any_scored_ = false;
  core::Status first_reason_ = core::Status::ok;
};

}  // namespace vio::annotate

#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "vio/annotate/record_score.hpp"
#include "vio/source/record_source.hpp"

namespace vio::annotate {

/// The lines of a table of records, which the sink only writes.
class RecordTable {
 public:
  RecordTable() = default;
  RecordTable(const RecordTable&) = delete;
  RecordTable& operator=(const RecordTable&) = delete;
  virtual ~RecordTable() = default;

  /// The header row, with its line end.
  [[nodiscard]] virtual std::string header() const = 0;
  /// Lines that depend on one batch alone. `scores` has one for each record. Thread-safe.
  [[nodiscard]] virtual std::string format(const source::RecordBatch& batch,
                                           std::span<const RecordScore> scores) const = 0;
  /// Called once a batch, in input order: lines that depend on earlier batches too.
  [[nodiscard]] virtual std::string collect(const source::RecordBatch& batch,
                                            std::span<const RecordScore> scores) = 0;
};

/// `#read_id flag chrom pos mapq length n_frac label score p_<class>... status`, one line a read.
[[nodiscard]] std::unique_ptr<RecordTable> read_table(const std::vector<std::string>& classes);

/// `#chrom start end n_reads label score p_<class>... entropy status`, one line a RegionEnd: the
/// mean of its scored reads, summed in input order so that batch borders leave no trace.
[[nodiscard]] std::unique_ptr<RecordTable> region_table(const std::vector<std::string>& classes);

/// What a CSV or TSV looks like.
struct RowLayout {
  std::string header;  ///< the header row, without its line end
  char separator = ',';
  std::string line_end = "\n";
};

/// The rows of a CSV or TSV as they are, with columns added at the end: `label score label_2
/// score_2 label_3 score_3` (as many as there are classes) `p_<class>... status`, quoted as RFC
/// 4180 asks. Where the header has one of the names already, all of them get the prefix `vio_`, as
/// often as it takes. What was not scored has empty cells but its status.
[[nodiscard]] std::unique_ptr<RecordTable> row_table(const RowLayout& layout,
                                                     const std::vector<std::string>& classes);

/// One line a record that was not scored (--skipped): `#record length status reason`. A record is
/// named by its read's name, or by the line on which a table's row begins.
[[nodiscard]] std::string skipped_records_header();
[[nodiscard]] std::string skipped_record_lines(const source::RecordBatch& batch,
                                               std::span<const RecordScore> scores);

}  // namespace vio::annotate

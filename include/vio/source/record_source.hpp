#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "vio/core/interval.hpp"
#include "vio/hts/alignment_record.hpp"
#include "vio/source/sequence_source.hpp"

namespace vio::source {

/// A row of a CSV or TSV, with the sequence that it holds.
struct TableRow {
  std::string text;        ///< the whole row as it stands in its file, without its line end
  std::string sequence;    ///< blanks around it and a wrapping `<...>` are stripped
  std::uint64_t line = 0;  ///< 1-based line on which the row begins
};

/// A region (--by region) whose records end after the batch's first `after_records`.
struct RegionEnd {
  core::GenomicInterval interval;
  std::size_t after_records = 0;
};

/// Neighbouring records that are scored whole, each of which gets one row: reads, or rows of a
/// table. One token of the pipeline on its way in.
struct RecordBatch {
  std::variant<std::vector<hts::AlignmentRecord>, std::vector<TableRow>> records;
  std::shared_ptr<const sam_hdr_t> header;  ///< of alignments
  std::vector<RegionEnd> region_ends;       ///< --by region only
  std::uint64_t first_ordinal = 0;          ///< of the first record: 0, 1, 2, ... in input order
  ReadProgress progress;
  double read_seconds = 0;  ///< wall time it took to read

  [[nodiscard]] std::size_t size() const noexcept;
  /// Appends the symbols of record `index`.
  void append_sequence(std::size_t index, std::string& symbols) const;
};

struct BatchBounds {
  std::size_t max_records = 64;
  std::size_t max_symbols = 1U << 20U;  ///< of a batch's sequences; one record may exceed it
};

/// Yields records in input order. Not thread-safe: one caller.
class RecordSource {
 public:
  RecordSource() = default;
  RecordSource(const RecordSource&) = delete;
  RecordSource& operator=(const RecordSource&) = delete;
  virtual ~RecordSource() = default;

  /// The next batch, or nothing at the end, which is reported only after the input was checked to
  /// be whole. Throws core::InputError.
  [[nodiscard]] virtual std::optional<RecordBatch> next() = 0;
  /// `sam`, `bam`, `cram`, `csv` or `tsv`.
  [[nodiscard]] virtual std::string_view format() const noexcept = 0;
  /// Records that a filter left out so far.
  [[nodiscard]] virtual std::uint64_t filtered() const noexcept { return 0; }
};

}  // namespace vio::source

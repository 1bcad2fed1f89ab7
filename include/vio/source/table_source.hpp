#pragma once

#include <memory>
#include <string>
#include <vector>

#include "vio/hts/input.hpp"
#include "vio/source/record_source.hpp"
#include "vio/source/selection.hpp"

namespace vio::source {

/// The rows of a CSV or TSV (RFC 4180: quotes, embedded separators and line breaks, LF or CRLF),
/// streamed: memory is bounded by the longest row.
class TableSource : public RecordSource {
 public:
  /// The header row as it stands in the file, without its line end or byte order mark.
  [[nodiscard]] virtual const std::string& header() const noexcept = 0;
  [[nodiscard]] virtual char separator() const noexcept = 0;
  /// `\n`, or `\r\n` where the header row ends with that.
  [[nodiscard]] virtual std::string_view line_end() const noexcept = 0;
  /// What was assumed, one sentence each, for people: the column that was taken.
  [[nodiscard]] virtual const std::vector<std::string>& notes() const noexcept = 0;
};

struct TableSourceOptions {
  std::string sequence_column;  ///< empty: guessed from common names, case-insensitive
  int threads = 1;
  BatchBounds bounds;
};

/// Whether the first bytes look like the header of a CSV or TSV and not like FASTA or FASTQ.
/// Consumes nothing.
[[nodiscard]] bool looks_like_table(const hts::Input& input);

/// Throws core::UsageError (no such column) and core::InputError (malformed: a quote that never
/// closes, a row with another number of columns than the header, a byte in a sequence that has no
/// place there; an empty file).
[[nodiscard]] std::unique_ptr<TableSource> open_table(hts::Input input,
                                                      const TableSourceOptions& options);

}  // namespace vio::source

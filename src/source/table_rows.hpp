#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vio/hts/byte_reader.hpp"
#include "vio/source/csv.hpp"

namespace vio::source {

struct TableRowsOptions {
  std::size_t buffer_bytes = 1U << 18U;  ///< the header's first line should fit
  std::size_t row_limit = 1U << 30U;     ///< bytes; a quote that is never closed has no end
};

/// The rows of a CSV or TSV as they stand in a file or pipe, cut from its bytes as they come.
class TableRows {
 public:
  /// Throws core::InputError for an empty input and for one whose first line is no table's.
  explicit TableRows(hts::ByteReader bytes, const TableRowsOptions& options = {});

  /// Puts the next row that is not empty into `row`, without its line end, and returns true, or
  /// returns false at the end. Throws core::InputError.
  [[nodiscard]] bool next(std::string& row);

  [[nodiscard]] char separator() const noexcept { return separator_; }
  /// `\n` or `\r\n`: of the last row that had one.
  [[nodiscard]] std::string_view line_end() const noexcept { return line_end_; }
  /// Of the last row.
  [[nodiscard]] CsvPlace place() const noexcept { return {bytes_.name(), row_line_}; }
  [[nodiscard]] const hts::ByteReader& bytes() const noexcept { return bytes_; }

 private:
  [[nodiscard]] std::string_view available();
  void fill();
  void skip_preamble();
  void append_row(std::string& row);

  hts::ByteReader bytes_;
  std::size_t row_limit_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  ///< buffer_[begin_, end_) was read and not consumed
  std::size_t end_ = 0;
  bool at_end_ = false;  ///< of the input
  char separator_ = ',';
  std::string_view line_end_ = "\n";
  std::uint64_t line_ = 1;
  std::uint64_t row_line_ = 0;
};

}  // namespace vio::source

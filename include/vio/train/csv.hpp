#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vio::train {

/// Reads the rows of a CSV or TSV text as RFC 4180 describes it: fields may be quoted, quoted
/// fields may hold separators, line breaks and doubled quotes, lines end with LF or CRLF. A byte
/// order mark and blank lines are skipped. Not thread-safe: one caller.
class CsvReader {
 public:
  /// `text` must outlive the reader; `where` names the file in messages.
  CsvReader(std::string_view text, char separator, std::string where);

  /// Puts the next row into `fields` and returns true, or returns false at the end. Throws
  /// core::InputError for a quote that never closes or that stands where none may.
  [[nodiscard]] bool next(std::vector<std::string>& fields);
  /// 1-based line on which the last row began.
  [[nodiscard]] std::size_t line() const noexcept { return row_line_; }

 private:
  [[nodiscard]] std::string quoted_field();
  [[nodiscard]] std::string plain_field();
  [[nodiscard]] bool skip_line_end() noexcept;
  void skip_blank_lines() noexcept;

  std::string_view text_;
  char separator_;
  std::string where_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t row_line_ = 0;
};

}  // namespace vio::train

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vio::source {

/// CSV and TSV as RFC 4180 describes them: fields may be quoted, quoted fields may hold separators,
/// line breaks and doubled quotes, lines end with LF or CRLF. A quote means something only where it
/// begins a field. A byte order mark and blank lines are skipped.
using CsvFields = std::vector<std::string>;

/// Where a row stands, for messages.
struct CsvPlace {
  std::string_view file;
  std::uint64_t line = 0;  ///< 1-based line on which the row begins
};

/// Follows the quotes of a row, byte by byte.
class CsvQuotes {
 public:
  void step(char byte, bool separator) noexcept {
    if (state_ == State::quoted) {
      if (byte == '"') state_ = State::after_quote;
    } else if (separator) {
      state_ = State::field_begins;
    } else if (byte == '"' && state_ != State::plain) {
      state_ = State::quoted;  // also again, after the first one of a doubled quote
    } else {
      state_ = State::plain;
    }
  }
  [[nodiscard]] bool quoted() const noexcept { return state_ == State::quoted; }
  [[nodiscard]] bool field_begins() const noexcept { return state_ == State::field_begins; }

 private:
  enum class State : std::uint8_t { field_begins, plain, quoted, after_quote };

  State state_ = State::field_begins;
};

/// Finds the end of one row in bytes that come piece by piece: the first line feed outside quotes.
/// One object for each row.
class CsvRowEnd {
 public:
  explicit CsvRowEnd(char separator) noexcept : separator_(separator) {}

  /// Index in `piece` just past the row's line feed, or npos where the row goes on after `piece`.
  [[nodiscard]] std::size_t find(std::string_view piece) noexcept;
  /// Line feeds so far, the one that ends the row included.
  [[nodiscard]] std::uint64_t line_breaks() const noexcept { return line_breaks_; }
  /// For the end of the input, which ends a row too. Throws core::InputError inside a quote.
  void check_closed(const CsvPlace& row) const;

 private:
  char separator_;
  CsvQuotes quotes_;
  std::uint64_t line_breaks_ = 0;
  std::uint64_t before_quote_ = 0;  ///< line feeds before the last quote that opened
};

/// A row's line end: `\n`, `\r\n`, or at the end of a file nothing or a lone `\r`.
[[nodiscard]] std::string_view csv_line_end(std::string_view row) noexcept;

/// How many bytes at the beginning of a file come before its header: a byte order mark, lines that
/// are empty or hold blanks only.
[[nodiscard]] std::size_t csv_preamble(std::string_view text) noexcept;

/// A tab or a comma, whichever the header has more of outside quotes; `text` begins with the header
/// and may be cut anywhere. Throws core::InputError where it has neither.
[[nodiscard]] char guess_csv_separator(std::string_view text, std::string_view file);

/// Puts the fields of one row, which has no line end, into `fields`, unquoted. Throws
/// core::InputError where text follows a closing quote.
void split_csv_row(std::string_view row, char separator, const CsvPlace& place, CsvFields& fields);

/// The rows of a text. Not thread-safe: one caller.
class CsvReader {
 public:
  /// `text` must outlive the reader; `file` names it in messages.
  CsvReader(std::string_view text, char separator, std::string file);

  /// Puts the next row into `fields` and returns true, or returns false at the end. Throws
  /// core::InputError for a quote that never closes or that stands where none may.
  [[nodiscard]] bool next(CsvFields& fields);
  /// 1-based line on which the last row began.
  [[nodiscard]] std::uint64_t line() const noexcept { return row_line_; }

 private:
  [[nodiscard]] std::string_view take_row();

  std::string_view text_;  ///< what was not read yet
  char separator_;
  std::string file_;
  std::uint64_t line_ = 1;
  std::uint64_t row_line_ = 0;
};

}  // namespace vio::source

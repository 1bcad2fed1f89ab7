#include "vio/source/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "vio/core/error.hpp"

namespace vio::source {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t\r";

std::uint64_t line_feeds(std::string_view text) noexcept {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

/// The fields of a row, one by one.
class RowSplitter {
 public:
  RowSplitter(std::string_view row, char separator) noexcept : row_(row), separator_(separator) {}

  /// The next field, unquoted. Afterwards at() is a separator or the end of the row, unless text
  /// follows a closing quote.
  [[nodiscard]] std::string next() {
    return row_.substr(at_).starts_with('"') ? quoted() : plain();
  }
  [[nodiscard]] bool at_end() const noexcept { return at_ >= row_.size(); }
  [[nodiscard]] bool skip_separator() noexcept {
    const bool found = !at_end() && row_[at_] == separator_;
    at_ += found ? 1 : 0;
    return found;
  }
  [[nodiscard]] std::uint64_t line_breaks() const noexcept {
    return line_feeds(row_.substr(0, at_));
  }

 private:
  [[nodiscard]] std::string plain() {
    const auto begin = at_;
    at_ = std::min(row_.find(separator_, at_), row_.size());
    return std::string(row_.substr(begin, at_ - begin));
  }

  [[nodiscard]] std::string quoted() {
    std::string field;
    for (++at_; !at_end();) {
      const auto quote = std::min(row_.find('"', at_), row_.size());
      field.append(row_.substr(at_, quote - at_));
      at_ = quote + 1;
      if (!row_.substr(std::min(at_, row_.size())).starts_with('"')) break;
      field += '"';
      ++at_;
    }
    return field;
  }

  std::string_view row_;
  char separator_;
  std::size_t at_ = 0;
};

}  // namespace

std::size_t CsvRowEnd::find(std::string_view piece) noexcept {
  for (std::size_t i = 0; i < piece.size(); ++i) {
    const char byte = piece[i];
    if (byte == '"' && quotes_.field_begins()) before_quote_ = line_breaks_;
    if (byte == '\n') {
      ++line_breaks_;
      if (!quotes_.quoted()) return i + 1;
    }
    quotes_.step(byte, byte == separator_);
  }
  return std::string_view::npos;
}

void CsvRowEnd::check_closed(const CsvPlace& row) const {
  if (!quotes_.quoted()) return;
  throw core::InputError(
      fmt::format("{}: the quote opened on line {} is never closed; the file is truncated or a "
                  "quote inside a field is not doubled",
                  row.file, row.line + before_quote_));
}

std::string_view csv_line_end(std::string_view row) noexcept {
  auto content = row;
  if (content.ends_with('\n')) content.remove_suffix(1);
  if (content.ends_with('\r')) content.remove_suffix(1);
  return row.substr(content.size());
}

std::size_t csv_preamble(std::string_view text) noexcept {
  std::size_t size = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  for (;;) {
    const auto begins = text.find_first_not_of(kBlanks, size);
    if (begins == std::string_view::npos) return text.size();
    if (text[begins] != '\n') return size;
    size = begins + 1;
  }
}

char guess_csv_separator(std::string_view text, std::string_view file) {
  std::array<std::size_t, 2> counts{};
  constexpr std::string_view kSeparators = ",\t";
  CsvQuotes quotes;
  for (const char byte : text) {
    if (byte == '\n' && !quotes.quoted()) break;
    const auto separator = kSeparators.find(byte);
    const bool found = separator != std::string_view::npos;
    if (found && !quotes.quoted()) ++counts.at(separator);
    quotes.step(byte, found);
  }
  if (counts[0] + counts[1] == 0) {
    throw core::InputError(fmt::format(
        "{}: the first line has neither a comma nor a tab; expected FASTA, or a CSV or TSV table "
        "with a header",
        file));
  }
  return counts[1] >= counts[0] ? '\t' : ',';
}

void split_csv_row(std::string_view row, char separator, const CsvPlace& place, CsvFields& fields) {
  fields.clear();
  RowSplitter splitter(row, separator);
  do {
    fields.push_back(splitter.next());
    if (splitter.at_end()) return;
  } while (splitter.skip_separator());
  throw core::InputError(
      fmt::format("{}: on line {} text follows a closing quote; expected {} or the end of the "
                  "line, so double the quotes inside the field",
                  place.file, place.line + splitter.line_breaks(),
                  separator == '\t' ? "a tab" : fmt::format("'{}'", separator)));
}

CsvReader::CsvReader(std::string_view text, char separator, std::string file)
    : text_(text), separator_(separator), file_(std::move(file)) {
  const auto preamble = csv_preamble(text_);
  line_ += line_feeds(text_.substr(0, preamble));
  text_.remove_prefix(preamble);
}

std::string_view CsvReader::take_row() {
  CsvRowEnd end(separator_);
  const auto size = end.find(text_);
  row_line_ = line_;
  if (size == std::string_view::npos) end.check_closed({file_, row_line_});
  const auto row = text_.substr(0, size);
  text_.remove_prefix(row.size());
  line_ += end.line_breaks();
  return row.substr(0, row.size() - csv_line_end(row).size());
}

bool CsvReader::next(CsvFields& fields) {
  fields.clear();
  while (!text_.empty()) {
    const auto row = take_row();
    if (row.empty()) continue;
    split_csv_row(row, separator_, {file_, row_line_}, fields);
    return true;
  }
  return false;
}

}  // namespace vio::source

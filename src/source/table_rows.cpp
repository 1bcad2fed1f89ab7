#include "source/table_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "vio/core/error.hpp"

namespace vio::source {

TableRows::TableRows(hts::ByteReader bytes, const TableRowsOptions& options)
    : bytes_(std::move(bytes)), row_limit_(options.row_limit), buffer_(options.buffer_bytes) {
  fill();
  skip_preamble();
  separator_ = guess_csv_separator(available(), bytes_.name());
}

void TableRows::fill() {
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  const std::size_t count = bytes_.read(std::span(buffer_).subspan(end_));
  at_end_ = count < buffer_.size() - end_;
  end_ += count;
}

void TableRows::skip_preamble() {
  const auto preamble = available().substr(0, csv_preamble(available()));
  line_ += static_cast<std::uint64_t>(std::count(preamble.begin(), preamble.end(), '\n'));
  begin_ += preamble.size();
  if (!at_end_) fill();
  if (begin_ == end_) {
    throw core::InputError(
        fmt::format("{} is empty: it holds no table at all; check the step that should have "
                    "written it.",
                    bytes_.name()));
  }
}

std::string_view TableRows::available() {
  if (begin_ == end_ && !at_end_) fill();
  return {buffer_.data() + begin_, end_ - begin_};
}

void TableRows::append_row(std::string& row) {
  CsvRowEnd end(separator_);
  row_line_ = line_;
  for (bool ended = false; !ended;) {
    const auto piece = available();
    if (piece.empty()) {
      end.check_closed(place());
      break;
    }
    const auto size = end.find(piece);
    ended = size != std::string_view::npos;
    row.append(piece.substr(0, size));
    begin_ += std::min(size, piece.size());
    if (row.size() > row_limit_) {
      throw core::InputError(
          fmt::format("{}: the row that begins on line {} is longer than {} bytes; is one of its "
                      "quotes never closed?",
                      bytes_.name(), row_line_, row_limit_));
    }
  }
  line_ += end.line_breaks();
}

bool TableRows::next(std::string& row) {
  for (row.clear(); !available().empty(); row.clear()) {
    append_row(row);
    const auto line_end = csv_line_end(row);
    if (line_end.ends_with('\n')) line_end_ = line_end.size() == 2 ? "\r\n" : "\n";
    row.resize(row.size() - line_end.size());
    if (!row.empty()) return true;
  }
  return false;
}

}  // namespace vio::source

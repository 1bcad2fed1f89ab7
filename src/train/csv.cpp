#include "vio/train/csv.hpp"

#include <fmt/format.h>

#include <utility>

#include "vio/core/error.hpp"

namespace vio::train {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

CsvReader::CsvReader(std::string_view text, char separator, std::string where)
    : text_(text), separator_(separator), where_(std::move(where)) {
  if (text_.starts_with(kByteOrderMark)) {
    at_ = kByteOrderMark.size();
  }
}

bool CsvReader::skip_line_end() noexcept {
  if (text_.substr(at_).starts_with("\r\n")) {
    at_ += 2;
  } else if (at_ < text_.size() && text_[at_] == '\n') {
    ++at_;
  } else {
    return false;
  }
  ++line_;
  return true;
}

void CsvReader::skip_blank_lines() noexcept {
  while (skip_line_end()) {
  }
}

std::string CsvReader::quoted_field() {
  const auto opened = line_;
  std::string field;
  for (++at_; at_ < text_.size(); ++at_) {
    const char symbol = text_[at_];
    if (symbol == '"' && text_.substr(at_ + 1).starts_with('"')) {
      ++at_;
    } else if (symbol == '"') {
      ++at_;
      return field;
    }
    line_ += symbol == '\n' ? 1 : 0;
    field += symbol;
  }
  throw core::InputError(fmt::format(
      "{}: the quote opened on line {} is never closed; the file is truncated or a quote inside a "
      "field is not doubled",
      where_, opened));
}

std::string CsvReader::plain_field() {
  const auto begin = at_;
  while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n') {
    ++at_;
  }
  auto field = text_.substr(begin, at_ - begin);
  const bool row_ends = at_ >= text_.size() || text_[at_] == '\n';
  if (row_ends && field.ends_with('\r')) {
    field.remove_suffix(1);
  }
  return std::string(field);
}

bool CsvReader::next(std::vector<std::string>& fields) {
  fields.clear();
  skip_blank_lines();
  row_line_ = line_;
  if (at_ >= text_.size()) {
    return false;
  }
  while (true) {
    const bool quoted = at_ < text_.size() && text_[at_] == '"';
    fields.push_back(quoted ? quoted_field() : plain_field());
    if (at_ < text_.size() && text_[at_] == separator_) {
      ++at_;
    } else if (at_ >= text_.size() || skip_line_end()) {
      return true;
    } else {
      throw core::InputError(fmt::format(
          "{}: on line {} text follows a closing quote; expected '{}' or the end of the line, so "
          "double the quotes inside the field",
          where_, line_, separator_ == '\t' ? "a tab" : std::string(1, separator_)));
    }
  }
}

}  // namespace vio::train

#pragma once

#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vio::test {

/// A row as it stands in a file, and what its fields say.
struct CsvCase {
  std::string raw;
  std::vector<std::string> fields;
  bool operator==(const CsvCase&) const = default;
};

/// A slow and obvious parser of a whole text, the oracle: nothing where the text is malformed.
class ReferenceCsv {
 public:
  ReferenceCsv(std::string text, char separator) : text_(std::move(text)), separator_(separator) {}

  [[nodiscard]] std::optional<std::vector<CsvCase>> rows() {
    std::vector<CsvCase> rows;
    while (at_ < text_.size()) {
      CsvCase row;
      const auto begin = at_;
      while (true) {
        if (!field(row.fields)) return std::nullopt;
        if (at_ == text_.size() || line_end_size() > 0) break;
        ++at_;  // the separator
      }
      row.raw = text_.substr(begin, at_ - begin);
      at_ += line_end_size();
      if (!row.raw.empty()) rows.push_back(row);
    }
    return rows;
  }

 private:
  /// Bytes of a line end that begins here.
  [[nodiscard]] std::size_t line_end_size() const {
    if (text_.compare(at_, 2, "\r\n") == 0) return 2;
    if (at_ < text_.size() && text_[at_] == '\n') return 1;
    return at_ + 1 == text_.size() && text_[at_] == '\r' ? 1 : 0;
  }

  bool field(std::vector<std::string>& fields) {
    std::string value;
    if (at_ < text_.size() && text_[at_] == '"') {
      for (++at_;; ++at_) {
        if (at_ >= text_.size()) return false;
        if (text_[at_] == '"') {
          if (text_.compare(at_, 2, "\"\"") != 0) break;
          ++at_;
        }
        value += text_[at_];
      }
      ++at_;
    } else {
      while (at_ < text_.size() && text_[at_] != separator_ && line_end_size() == 0) {
        value += text_[at_++];
      }
    }
    fields.push_back(value);
    return at_ == text_.size() || text_[at_] == separator_ || line_end_size() > 0;
  }

  std::string text_;
  char separator_;
  std::size_t at_ = 0;
};

/// How a table is written.
struct TableStyle {
  char separator = ',';
  std::string line_end = "\n";
  bool byte_order_mark = false;
  bool blank_lines = false;
  bool final_line_end = true;
};

inline TableStyle random_style(std::mt19937& random) {
  return {.separator = random() % 2 == 0 ? ',' : '\t',
          .line_end = random() % 2 == 0 ? "\n" : "\r\n",
          .byte_order_mark = random() % 3 == 0,
          .blank_lines = random() % 3 == 0,
          .final_line_end = random() % 3 != 0};
}

/// A field as it is written: quoted where it must be, and now and then where it need not.
inline std::string write_field(const std::string& field, char separator, std::mt19937& random) {
  const bool needed = field.find_first_of("\"\r\n") != std::string::npos ||
                      field.find(separator) != std::string::npos || field.empty();
  if (!needed && random() % 3 != 0) return field;
  std::string quoted = "\"";
  for (const char byte : field) quoted += byte == '"' ? std::string("\"\"") : std::string(1, byte);
  return quoted + '"';
}

inline std::string random_field(std::mt19937& random) {
  std::string field(random() % 6, ' ');
  for (auto& byte : field) byte = "ab \",\t\n\r\xC3\xA9'"[random() % 11];
  return field;
}

/// A table of three columns, the second of which holds sequences.
struct RandomTable {
  std::string text;
  std::string header;
  std::vector<CsvCase> rows;
  std::vector<std::string> sequences;
};

inline std::string join_fields(const std::vector<std::string>& fields, char separator,
                               std::mt19937& random) {
  std::string row;
  for (const auto& field : fields) {
    if (&field != &fields.front()) row += separator;
    row += write_field(field, separator, random);
  }
  return row;
}

inline RandomTable random_table(std::mt19937& random, const TableStyle& style, std::size_t n_rows) {
  RandomTable table;
  table.header = join_fields({"id", "Seq", "note"}, style.separator, random);
  table.text = style.byte_order_mark ? "\xEF\xBB\xBF" : "";
  if (style.blank_lines) table.text += style.line_end + "  " + style.line_end;
  table.text += table.header + style.line_end;
  for (std::size_t i = 0; i < n_rows; ++i) {
    std::string sequence(random() % 8, ' ');
    for (auto& symbol : sequence) symbol = "ACGTNacgtn*-."[random() % 13];
    auto cell = sequence;
    if (random() % 4 == 0) cell.insert(random() % (cell.size() + 1), " \t");
    if (random() % 4 == 0) cell.insert(random() % (cell.size() + 1), style.line_end);
    if (random() % 3 == 0) cell.insert(0, " <").append("> ");
    CsvCase row{"", {random_field(random), cell, random_field(random)}};
    row.raw = join_fields(row.fields, style.separator, random);
    if (style.blank_lines && random() % 3 == 0) table.text += style.line_end;
    table.text += row.raw + style.line_end;
    table.rows.push_back(row);
    table.sequences.push_back(sequence);
  }
  if (!style.final_line_end) table.text.resize(table.text.size() - style.line_end.size());
  return table;
}

}  // namespace vio::test

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <map>
#include <optional>

#include "vio/core/error.hpp"
#include "vio/source/csv.hpp"
#include "vio/source/table_columns.hpp"
#include "vio/train/table.hpp"

namespace vio::train {

namespace {

using Fields = source::CsvFields;
using source::find_column;
using source::stripped;

constexpr std::array<std::string_view, 8> kLabelNames = {
    "label", "class", "genetype", "gene_type", "target", "category", "type", "y"};

/// A row that is longer or shorter than the header may have its cells in the wrong columns.
void check_width(const Fields& fields, const Fields& header, std::string_view path,
                 std::uint64_t line) {
  if (fields.size() != header.size()) {
    throw core::InputError(
        fmt::format("{}, line {}: expected {} columns, as in the header, but found {}; the file is "
                    "truncated, a "
                    "cell with a separator is not quoted, or the header lacks a name",
                    path, line, header.size(), fields.size()));
  }
}

void add_row(Table& table, std::string_view sequence, std::string_view label, std::size_t place,
             bool labelled) {
  if (labelled && stripped(label).empty()) {
    throw core::InputError(fmt::format(
        "{}, row at {}: there is no label; fill it in or remove the row", table.path, place));
  }
  table.rows.push_back({.sequence = std::string(source::unwrapped_sequence(sequence)),
                        .label = std::string(stripped(label)),
                        .place = place});
}

source::CsvReader open_csv(std::string_view text, const std::string& path) {
  const auto header = text.substr(source::csv_preamble(text));
  return {text, source::guess_csv_separator(header, path), path};
}

void parse_columns(std::string_view text, const TableOptions& options, Table& table) {
  auto reader = open_csv(text, options.path);
  Fields header;
  if (!reader.next(header)) {
    return;
  }
  const auto sequence = find_column(
      header,
      {source::kSequenceColumnOption, options.sequence_column, source::kSequenceColumnNames},
      table.path, table.notes);
  std::optional<std::size_t> label;
  if (options.labelled) {
    label = find_column(header, {"label-column", options.label_column, kLabelNames}, table.path,
                        table.notes);
  }
  Fields fields;
  while (reader.next(fields)) {
    check_width(fields, header, table.path, reader.line());
    add_row(table, fields[sequence], label ? std::string_view(fields[*label]) : "", reader.line(),
            options.labelled);
  }
}

/// Labels by record name, from a table whose first column holds the names.
std::map<std::string, std::string, std::less<>> parse_labels(std::string_view text,
                                                             const TableOptions& options,
                                                             Table& table) {
  Table place{.path = options.labels_path, .rows = {}, .notes = {}};
  auto reader = open_csv(text, options.labels_path);
  Fields header;
  std::map<std::string, std::string, std::less<>> labels;
  if (!reader.next(header)) {
    return labels;
  }
  const std::size_t column =
      header.size() == 2 && options.label_column.empty()
          ? 1
          : find_column(header, {"label-column", options.label_column, kLabelNames}, place.path,
                        place.notes);
  table.notes.insert(table.notes.end(), place.notes.begin(), place.notes.end());
  Fields fields;
  while (reader.next(fields)) {
    check_width(fields, header, place.path, reader.line());
    const auto id = stripped(fields.front());
    const auto label = stripped(fields[column]);
    const auto [at, added] = labels.emplace(id, label);
    if (!added && at->second != label) {
      throw core::InputError(
          fmt::format("{}, line {}: record {} has the labels {} and {}; keep one", place.path,
                      reader.line(), id, at->second, label));
    }
  }
  return labels;
}

/// Takes the next line off `text`, without its line break.
std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

void parse_fasta(std::string_view text, std::string_view labels_text, const TableOptions& options,
                 Table& table) {
  const bool by_table = options.labelled && !options.labels_path.empty();
  const auto labels = by_table ? parse_labels(labels_text, options, table)
                               : std::map<std::string, std::string, std::less<>>{};
  std::size_t record = 0;
  while (!text.empty()) {
    const auto header = stripped(take_line(text));
    if (header.empty()) {
      continue;
    }
    ++record;
    const auto name = header.substr(1, header.find_first_of(" \t") - 1);
    const auto last_blank = header.find_last_of(" \t");
    std::string_view label;
    if (by_table) {
      const auto found = labels.find(name);
      label = found == labels.end() ? std::string_view{} : std::string_view(found->second);
    } else if (last_blank != std::string_view::npos) {
      label = header.substr(last_blank + 1);
    }
    if (options.labelled && label.empty()) {
      throw core::InputError(fmt::format(
          "{}, record {} ({}): there is no label; expected it {}", table.path, record, name,
          by_table ? "in " + options.labels_path
                   : "as the last word of the header, or in --labels"));
    }
    std::string sequence;
    while (!text.empty() && text.front() != '>') {
      sequence += stripped(take_line(text));
    }
    add_row(table, sequence, label, record, options.labelled);
  }
}

}  // namespace

Table parse_table(std::string_view text, std::string_view labels_text,
                  const TableOptions& options) {
  Table table{.path = options.path, .rows = {}, .notes = {}};
  const auto content = stripped(text);
  if (content.starts_with('>')) {
    parse_fasta(content, labels_text, options, table);
  } else if (options.labelled && !options.labels_path.empty()) {
    throw core::UsageError(fmt::format(
        "--labels goes with FASTA, but {} is a table; name its column with --label-column",
        options.path));
  } else if (!content.empty()) {
    parse_columns(text, options, table);
  }
  if (table.rows.empty()) {
    throw core::InputError(
        fmt::format("{}: there are no rows; expected labelled sequences", options.path));
  }
  return table;
}

}  // namespace vio::train

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <optional>

#include "vio/core/error.hpp"
#include "vio/train/csv.hpp"
#include "vio/train/table.hpp"

namespace vio::train {

namespace {

using Fields = std::vector<std::string>;

constexpr std::array kSequenceNames = {
    "sequence",     "seq",          "nucleotidesequence", "nucleotide_sequence",
    "dna_sequence", "rna_sequence", "protein_sequence",   "dna"};
constexpr std::array kLabelNames = {"label",  "class",    "genetype", "gene_type",
                                    "target", "category", "type",     "y"};
constexpr std::string_view kBlanks = " \t\r\n";

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char symbol) {
    return static_cast<char>(std::tolower(symbol));
  });
  return result;
}

std::string_view stripped(std::string_view text) {
  const auto begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::string_view unwrapped(std::string_view sequence) {
  sequence = stripped(sequence);
  if (sequence.size() >= 2 && sequence.front() == '<' && sequence.back() == '>') {
    sequence = stripped(sequence.substr(1, sequence.size() - 2));
  }
  return sequence;
}

char separator_of(std::string_view text, const std::string& path) {
  const auto header = text.substr(0, text.find('\n'));
  const auto tabs = std::ranges::count(header, '\t');
  const auto commas = std::ranges::count(header, ',');
  if (tabs == 0 && commas == 0) {
    throw core::InputError(fmt::format(
        "{}: the first line has neither a comma nor a tab; expected FASTA, or a CSV or TSV table "
        "with a header and columns of sequences and labels",
        path));
  }
  return tabs >= commas ? '\t' : ',';
}

/// A column by its name, or where none was asked for, by the common names.
struct ColumnQuestion {
  std::string_view option;  ///< for messages
  const std::string& asked;
  std::span<const char* const> common;
};

std::optional<std::size_t> find_common(const Fields& header, const ColumnQuestion& question) {
  for (const std::string_view name : question.common) {
    const auto found = std::ranges::find_if(
        header, [&](const auto& column) { return lower(stripped(column)) == name; });
    if (found != header.end()) {
      return static_cast<std::size_t>(found - header.begin());
    }
  }
  return std::nullopt;
}

std::size_t find_column(const Fields& header, const ColumnQuestion& question, Table& table) {
  if (!question.asked.empty()) {
    const auto found = std::ranges::find_if(
        header, [&](const auto& column) { return stripped(column) == question.asked; });
    if (found != header.end()) {
      return static_cast<std::size_t>(found - header.begin());
    }
  } else if (const auto guessed = find_common(header, question)) {
    table.notes.push_back(
        fmt::format("taking column '{}' for --{}", stripped(header[*guessed]), question.option));
    return *guessed;
  }
  throw core::UsageError(fmt::format(
      "{}: no column {}; name one of the table's columns with --{}: {}", table.path,
      question.asked.empty() ? "has a name that is common for it" : "'" + question.asked + "'",
      question.option, fmt::join(header, ", ")));
}

const std::string& field(const Fields& fields, std::size_t column, const Table& table,
                         std::size_t line) {
  if (column >= fields.size()) {
    throw core::InputError(fmt::format(
        "{}, line {}: expected at least {} columns, as in the header, but found {}; the "
        "file is truncated or its separator is not what the header suggests",
        table.path, line, column + 1, fields.size()));
  }
  return fields[column];
}

void add_row(Table& table, std::string_view sequence, std::string_view label, std::size_t place) {
  if (stripped(label).empty()) {
    throw core::InputError(fmt::format(
        "{}, row at {}: there is no label; fill it in or remove the row", table.path, place));
  }
  table.rows.push_back({.sequence = std::string(unwrapped(sequence)),
                        .label = std::string(stripped(label)),
                        .place = place});
}

void parse_columns(std::string_view text, const TableOptions& options, Table& table) {
  CsvReader reader(text, separator_of(text, options.path), options.path);
  Fields header;
  if (!reader.next(header)) {
    return;
  }
  const auto sequence =
      find_column(header, {"seq-column", options.sequence_column, kSequenceNames}, table);
  const auto label =
      find_column(header, {"label-column", options.label_column, kLabelNames}, table);
  Fields fields;
  while (reader.next(fields)) {
    add_row(table, field(fields, sequence, table, reader.line()),
            field(fields, label, table, reader.line()), reader.line());
  }
}

/// Labels by record name, from a table whose first column holds the names.
std::map<std::string, std::string, std::less<>> parse_labels(std::string_view text,
                                                             const TableOptions& options,
                                                             Table& table) {
  Table place{.path = options.labels_path, .rows = {}, .notes = {}};
  CsvReader reader(text, separator_of(text, place.path), place.path);
  Fields header;
  std::map<std::string, std::string, std::less<>> labels;
  if (!reader.next(header)) {
    return labels;
  }
  const std::size_t column =
      header.size() == 2 && options.label_column.empty()
          ? 1
          : find_column(header, {"label-column", options.label_column, kLabelNames}, place);
  table.notes.insert(table.notes.end(), place.notes.begin(), place.notes.end());
  Fields fields;
  while (reader.next(fields)) {
    const auto id = stripped(fields.front());
    const auto label = stripped(field(fields, column, place, reader.line()));
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
  const bool by_table = !options.labels_path.empty();
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
    if (label.empty()) {
      throw core::InputError(fmt::format(
          "{}, record {} ({}): there is no label; expected it {}", table.path, record, name,
          by_table ? "in " + options.labels_path
                   : "as the last word of the header, or in --labels"));
    }
    std::string sequence;
    while (!text.empty() && text.front() != '>') {
      sequence += stripped(take_line(text));
    }
    add_row(table, sequence, label, record);
  }
}

}  // namespace

Table parse_table(std::string_view text, std::string_view labels_text,
                  const TableOptions& options) {
  Table table{.path = options.path, .rows = {}, .notes = {}};
  const auto first = text.find_first_not_of(kBlanks);
  const bool fasta = first != std::string_view::npos && text[first] == '>';
  if (fasta) {
    parse_fasta(text.substr(first), labels_text, options, table);
  } else if (!options.labels_path.empty()) {
    throw core::UsageError(fmt::format(
        "--labels goes with FASTA, but {} is a table; name its column with --label-column",
        options.path));
  } else if (first != std::string_view::npos) {
    parse_columns(text, options, table);
  }
  if (table.rows.empty()) {
    throw core::InputError(
        fmt::format("{}: there are no rows; expected labelled sequences", options.path));
  }
  return table;
}

}  // namespace vio::train

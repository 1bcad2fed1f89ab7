#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vio::train {

/// One labelled sequence, as it stands in its file.
struct Row {
  std::string sequence;   ///< blanks around it and a wrapping `<...>` are stripped
  std::string label;      ///< blanks around it are stripped
  std::size_t place = 0;  ///< 1-based: line on which a table's row, record number of a FASTA record
};

/// Labelled sequences in input order.
struct Table {
  std::string path;
  std::vector<Row> rows;
  std::vector<std::string> notes;  ///< what was assumed or left out, one sentence each, for people
};

struct TableOptions {
  std::string path;
  std::string sequence_column;  ///< empty: guessed from common names, case-insensitive
  std::string label_column;     ///< empty: guessed from common names, case-insensitive
  std::string labels_path;  ///< FASTA: a table with ids in its first column; empty: the label is
                            ///< the last word of the header
  bool labelled = true;     ///< false: sequences only; labels are neither needed nor read
};

/// Reads CSV, TSV or FASTA, plain, gzip or bgzip, told apart by content. Throws core::UsageError
/// (no such file, no such column) and core::InputError (malformed, no label, no sequence).
[[nodiscard]] Table load_table(const TableOptions& options);

/// The same from text; `labels_text` is the content of options.labels_path.
[[nodiscard]] Table parse_table(std::string_view text, std::string_view labels_text,
                                const TableOptions& options);

/// Sorted names of the labels that occur.
[[nodiscard]] std::vector<std::string> class_names(const Table& table);

/// Class numbers of the rows; `classes` must hold every label. Throws core::UsageError otherwise.
[[nodiscard]] std::vector<int> class_numbers(const Table& table,
                                             std::span<const std::string> classes);

/// Drops the rows of classes that have one row only: they cannot be in both parts of a split.
[[nodiscard]] Table keep_repeated_classes(Table table);

/// Drops the rows whose label is not in `classes`.
[[nodiscard]] Table keep_classes(Table table, std::span<const std::string> classes);

/// The rows with the given numbers, in their order.
[[nodiscard]] Table select_rows(const Table& table, std::span<const std::size_t> rows);

}  // namespace vio::train

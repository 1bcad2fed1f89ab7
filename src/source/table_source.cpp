#include "vio/source/table_source.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "source/symbols.hpp"
#include "source/table_rows.hpp"
#include "vio/core/error.hpp"
#include "vio/source/csv.hpp"
#include "vio/source/table_columns.hpp"

namespace vio::source {

namespace {

class CsvTable final : public TableSource {
 public:
  CsvTable(TableRows rows, const TableSourceOptions& options);

  [[nodiscard]] std::optional<RecordBatch> next() override;
  [[nodiscard]] std::string_view format() const noexcept override {
    return separator() == '\t' ? "tsv" : "csv";
  }
  [[nodiscard]] const std::string& header() const noexcept override { return header_; }
  [[nodiscard]] char separator() const noexcept override { return rows_.separator(); }
  [[nodiscard]] std::string_view line_end() const noexcept override { return line_end_; }
  [[nodiscard]] const std::vector<std::string>& notes() const noexcept override { return notes_; }

 private:
  [[nodiscard]] std::optional<TableRow> read();
  [[nodiscard]] std::vector<TableRow> read_batch();
  [[nodiscard]] std::string sequence_of(std::string_view cell) const;
  void check_header() const;

  TableRows rows_;
  BatchBounds bounds_;
  std::string header_;
  std::string_view line_end_;
  std::vector<std::string> notes_;
  CsvFields fields_;  ///< of the last row
  std::string column_name_;
  std::size_t n_columns_ = 0;
  std::size_t column_ = 0;
  std::optional<TableRow> pending_;  ///< was read, but the batch before it was full
  std::uint64_t given_ = 0;          ///< rows
};

CsvTable::CsvTable(TableRows rows, const TableSourceOptions& options)
    : rows_(std::move(rows)), bounds_(options.bounds) {
  static_cast<void>(rows_.next(header_));  // there is one: the input is not empty
  line_end_ = rows_.line_end();
  check_header();
  split_csv_row(header_, separator(), rows_.place(), fields_);
  n_columns_ = fields_.size();
  column_ =
      find_column(fields_, {kSequenceColumnOption, options.sequence_column, kSequenceColumnNames},
                  rows_.place().file, notes_);
  column_name_ = stripped(fields_[column_]);
}

void CsvTable::check_header() const {
  for (std::size_t at = header_.find('\r'); at != std::string::npos;
       at = header_.find('\r', at + 1)) {
    if (header_.compare(at, 2, "\r\n") == 0) continue;
    throw core::InputError(
        fmt::format("{}: the header holds a carriage return without a line feed; convert the line "
                    "ends with `tr '\\r' '\\n'`.",
                    rows_.place().file));
  }
}

std::string CsvTable::sequence_of(std::string_view cell) const {
  const auto sequence = unwrapped_sequence(cell);
  std::string symbols;
  symbols.reserve(sequence.size());
  for (std::size_t begin = 0; begin <= sequence.size();) {
    const auto end = std::min(sequence.find('\n', begin), sequence.size());
    auto line = sequence.substr(begin, end - begin);
    if (end < sequence.size() && line.ends_with('\r')) line.remove_suffix(1);
    const auto bad = append_symbols(line, symbols);
    if (bad != std::string_view::npos) {
      const auto& byte = line[bad];
      throw core::InputError(fmt::format(
          "{}, row at line {}: column '{}' holds {} at byte {} of the cell, which is no sequence "
          "symbol (letters, `*`, `-` and `.` are); correct it, or name another column with --{}.",
          rows_.place().file, rows_.place().line, column_name_, describe_byte(byte),
          &byte - cell.data() + 1, kSequenceColumnOption));
    }
    begin = end + 1;
  }
  return symbols;
}

std::optional<TableRow> CsvTable::read() {
  if (pending_) return std::exchange(pending_, std::nullopt);
  TableRow row;
  if (!rows_.next(row.text)) return std::nullopt;
  const auto place = rows_.place();
  split_csv_row(row.text, separator(), place, fields_);
  if (fields_.size() != n_columns_) {
    throw core::InputError(
        fmt::format("{}, row at line {}: expected {} columns, as in the header, but found {}; the "
                    "file is truncated, or a field that holds the separator is not quoted.",
                    place.file, place.line, n_columns_, fields_.size()));
  }
  row.line = place.line;
  row.sequence = sequence_of(fields_[column_]);
  return row;
}

/// Bounded by the rows' bytes, of which the sequences are a part, because they wait in memory.
std::vector<TableRow> CsvTable::read_batch() {
  std::vector<TableRow> batch;
  std::size_t bytes = 0;
  while (batch.size() < bounds_.max_records) {
    auto row = read();
    if (!row) break;
    bytes += row->text.size();
    if (!batch.empty() && bytes > bounds_.max_symbols) {
      pending_ = std::move(row);
      break;
    }
    batch.push_back(std::move(*row));
  }
  return batch;
}

std::optional<RecordBatch> CsvTable::next() {
  const auto began = std::chrono::steady_clock::now();
  auto rows = read_batch();
  if (rows.empty()) return std::nullopt;
  RecordBatch batch;
  batch.first_ordinal = given_;
  given_ += rows.size();
  batch.records = std::move(rows);
  batch.progress = {.bytes = rows_.bytes().compressed_position(),
                    .total_bytes = rows_.bytes().compressed_size(),
                    .records = given_};
  batch.read_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return batch;
}

}  // namespace

std::unique_ptr<TableSource> open_table(hts::Input input, const TableSourceOptions& options) {
  const auto path = input.path();
  hts::ByteReader bytes(std::move(input),
                        {.path = path, .threads = options.threads, .block_index = {}});
  return std::make_unique<CsvTable>(TableRows(std::move(bytes)), options);
}

}  // namespace vio::source

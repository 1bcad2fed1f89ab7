#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "source/text_reader.hpp"
#include "vio/source/sequence_source.hpp"

namespace vio::source {

/// The records of FASTA or FASTQ text, one after the other, their symbols in pieces. Not
/// thread-safe.
class RecordReader {
 public:
  explicit RecordReader(std::unique_ptr<TextReader> text) : text_(std::move(text)) {}
  RecordReader(const RecordReader&) = delete;
  RecordReader& operator=(const RecordReader&) = delete;
  virtual ~RecordReader() = default;

  /// The name of the next record, or nothing at the end of an input that is whole. The record
  /// before it must have been read to its end.
  [[nodiscard]] virtual std::optional<std::string> next_record() = 0;
  /// Appends symbols until `symbols` holds `limit`, or the record ends: then returns true.
  [[nodiscard]] virtual bool read(std::string& symbols, std::size_t limit) = 0;
  [[nodiscard]] virtual std::string_view format() const noexcept = 0;

  [[nodiscard]] const std::string& file() const noexcept { return text_->name(); }
  [[nodiscard]] const hts::ByteReader& bytes() const noexcept { return text_->bytes(); }
  /// For BGZF inputs that will be read in parts.
  void check_end_marker() { text_->bytes().check_end_marker(); }

 protected:
  /// Reads the rest of a header line, after its `>` or `@`: the name up to the first blank.
  [[nodiscard]] std::string read_name();
  /// Appends sequence lines until `limit`, a line that begins with `terminator`, or the end of the
  /// input; true for the latter two.
  [[nodiscard]] bool read_lines(std::string& symbols, std::size_t limit, char terminator);
  /// Begins a record whose first symbols are next, at the beginning of a line or within one.
  void begin_record(std::string name, bool at_line_start);
  [[nodiscard]] TextReader& text() noexcept { return *text_; }
  [[nodiscard]] const TextReader& text() const noexcept { return *text_; }
  [[nodiscard]] const std::string& record() const noexcept { return record_; }

 private:
  void append(std::string_view bytes, std::string& symbols);

  std::unique_ptr<TextReader> text_;
  std::string record_;
  bool at_line_start_ = true;
};

/// FASTA: sequence lines of any length, blank lines and blanks within lines are skipped.
class FastaReader final : public RecordReader {
 public:
  using RecordReader::RecordReader;
  [[nodiscard]] std::optional<std::string> next_record() override;
  [[nodiscard]] bool read(std::string& symbols, std::size_t limit) override;
  [[nodiscard]] std::string_view format() const noexcept override { return "fasta"; }

  /// Continues within record `name`, at a byte of the decompressed file.
  void seek(std::uint64_t byte, std::string name, bool at_line_start);
};

/// FASTQ, also with sequence and quality over several lines: the sequence ends at a line that
/// begins with `+`, the quality has as many symbols as the sequence.
class FastqReader final : public RecordReader {
 public:
  using RecordReader::RecordReader;
  [[nodiscard]] std::optional<std::string> next_record() override;
  [[nodiscard]] bool read(std::string& symbols, std::size_t limit) override;
  [[nodiscard]] std::string_view format() const noexcept override { return "fastq"; }

 private:
  void skip_quality();
  [[noreturn]] void throw_cut() const;
  [[noreturn]] void throw_quality() const;

  std::uint64_t length_ = 0;  ///< symbols of the record so far
};

/// Opens an input and finds out by its content which reader it needs. Throws as open_sequences().
[[nodiscard]] std::unique_ptr<RecordReader> open_records(const hts::ByteReaderOptions& options);
[[nodiscard]] std::unique_ptr<RecordReader> open_records(hts::ByteReader bytes);

}  // namespace vio::source

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "vio/sink/byte_sink.hpp"

namespace vio::sink {

class OutputIndex;

struct TableSinkOptions {
  std::string path = "-";
  Compression compression = Compression::none;
  bool write_index = false;  ///< tabix index beside the file; needs bgzf and a path
  int threads = 1;
};

/// A tab-separated table that appears under its name only when it is whole, with its index.
/// Not thread-safe.
class TableSink {
 public:
  TableSink(const TableSinkOptions& options, TemporaryFiles& temporaries);
  ~TableSink();

  void write(std::string_view lines) { bytes_->write(lines); }
  /// Shows readers of a pipe what has been written.
  void flush() { bytes_->flush(); }
  /// With write_index, every row's place must be told, in order. Throws core::InputError where rows
  /// are not sorted, because an index of them would lie.
  void note_row(std::string_view seq_id, std::int64_t start, std::int64_t end);
  [[nodiscard]] bool wants_rows() const noexcept { return index_ != nullptr; }
  /// Closes, indexes and gives the final names. Throws core::OutputError.
  void finish();

 private:
  OutputTarget target_;
  std::unique_ptr<ByteSink> bytes_;
  std::unique_ptr<OutputIndex> index_;
};

}  // namespace vio::sink

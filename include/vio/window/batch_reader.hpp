#pragma once

#include <cstdint>
#include <optional>

#include "vio/source/sequence_source.hpp"
#include "vio/window/batch.hpp"

namespace vio::window {

struct TilingOptions {
  std::int64_t window = 1000;         ///< positions
  std::int64_t stride = 1000;         ///< positions between window starts
  std::int64_t min_length = 1;        ///< a shorter window becomes a TOO_SHORT row
  std::size_t max_windows = 64;       ///< per batch
  std::size_t max_symbols = 1 << 22;  ///< per batch, unless one window alone is larger
};

/// Cuts units into windows and gathers them in batches. Starts are unit.begin + k * stride; the
/// last window is the first that reaches the unit's end, and may be short. An empty unit gives one
/// EMPTY row, one past its contig's end one OUT_OF_RANGE row. Holds at most one window and one
/// chunk of text besides the batch, whatever the unit's length. Not thread-safe: one caller.
class BatchReader {
 public:
  BatchReader(source::SequenceSource& source, const TilingOptions& options);

  /// The next batch, or nothing at the end of the input.
  [[nodiscard]] std::optional<TextBatch> next();

 private:
  void begin_unit(const source::Chunk& chunk);
  void take(source::Chunk chunk);
  void plan_windows(TextBatch& batch);
  void plan_end(TextBatch& batch);
  void finish_unit(TextBatch& batch);
  void add_window(TextBatch& batch, std::int64_t start, std::int64_t end);
  void add_row(TextBatch& batch, std::int64_t start, std::int64_t end, core::Status status);
  void append_text(TextBatch& batch, std::int64_t start, std::int64_t end);
  void drop_text_before(std::int64_t position);
  [[nodiscard]] std::uint32_t unit_index(TextBatch& batch) const;
  [[nodiscard]] bool is_full(const TextBatch& batch) const noexcept;
  [[nodiscard]] std::int64_t text_end() const noexcept;

  source::SequenceSource& source_;
  TilingOptions options_;

  // The unit being cut.
  std::shared_ptr<const source::Unit> unit_;
  std::string text_;             // from text_begin_ + head_ on
  std::size_t head_ = 0;         // symbols of text_ already dropped
  std::int64_t text_begin_ = 0;  // contig coordinate of text_[head_]
  std::int64_t next_start_ = 0;  // contig coordinate of the next window
  bool unit_complete_ = false;   // its last chunk has come

  // What the current batch holds of the current unit: contig coordinates and where they stand.
  std::int64_t segment_start_ = 0;
  std::int64_t segment_end_ = 0;
  std::size_t segment_offset_ = 0;
  bool segment_open_ = false;
};

}  // namespace vio::window

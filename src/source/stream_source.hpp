#pragma once

#include <memory>

#include "source/record_reader.hpp"
#include "vio/source/open.hpp"

namespace vio::source {

/// Every record of an input, whole.
class StreamSource final : public SequenceSource {
 public:
  StreamSource(std::unique_ptr<RecordReader> records, std::size_t chunk_symbols);
  [[nodiscard]] std::optional<Chunk> next() override;
  [[nodiscard]] ReadProgress progress() const override;
  [[nodiscard]] std::string_view format() const noexcept override { return records_->format(); }

 private:
  std::unique_ptr<RecordReader> records_;
  std::size_t chunk_symbols_;
  std::uint64_t begun_ = 0;
  std::shared_ptr<const Unit> unit_;  ///< being read; null between records
  std::int64_t position_ = 0;
};

/// The windows of one shard of an input that has no index that would do: one pass to learn how
/// long everything is, a second one that skips what other shards own.
class ShardedStreamSource final : public SequenceSource {
 public:
  explicit ShardedStreamSource(const SourceOptions& options);
  ~ShardedStreamSource() override;
  [[nodiscard]] std::optional<Chunk> next() override;
  [[nodiscard]] ReadProgress progress() const override;
  [[nodiscard]] std::string_view format() const noexcept override { return records_->format(); }

 private:
  struct Current;

  bool begin_record();
  /// The owned part of what was read; nothing where it is another shard's.
  std::optional<Chunk> own(Chunk chunk);

  SourceOptions options_;
  std::unique_ptr<RecordReader> records_;
  std::int64_t total_ = 0;            ///< symbols of all records
  std::unique_ptr<Current> current_;  ///< null between records
  std::int64_t axis_position_ = 0;
  std::uint64_t ordinal_ = 0;
  std::uint64_t begun_ = 0;
  bool done_ = false;
};

/// What the reader options of a source are.
[[nodiscard]] hts::ByteReaderOptions reader_options(const SourceOptions& options);

/// Progress of a streaming reader.
[[nodiscard]] ReadProgress stream_progress(const RecordReader& records, std::uint64_t begun);

}  // namespace vio::source

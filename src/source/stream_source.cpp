#include "source/stream_source.hpp"

namespace vio::source {

hts::ByteReaderOptions reader_options(const SourceOptions& options) {
  return {.path = options.path, .threads = options.threads, .block_index = {}};
}

ReadProgress stream_progress(const RecordReader& records, std::uint64_t begun) {
  return {.bytes = records.bytes().compressed_position(),
          .total_bytes = records.bytes().compressed_size(),
          .records = begun};
}

StreamSource::StreamSource(std::unique_ptr<RecordReader> records, std::size_t chunk_symbols)
    : records_(std::move(records)), chunk_symbols_(chunk_symbols) {}

std::optional<Chunk> StreamSource::next() {
  if (!unit_) {
    auto name = records_->next_record();
    if (!name) return std::nullopt;
    Unit unit;
    unit.ordinal = begun_++;
    unit.label = *name;
    unit.name = std::move(*name);
    unit_ = std::make_shared<const Unit>(std::move(unit));
    position_ = 0;
  }
  Chunk chunk{.unit = unit_, .text_begin = position_, .text = {}};
  chunk.last = records_->read(chunk.text, chunk_symbols_);
  position_ += static_cast<std::int64_t>(chunk.text.size());
  if (chunk.last) unit_.reset();
  return chunk;
}

ReadProgress StreamSource::progress() const {
  return stream_progress(*records_, begun_);
}

}  // namespace vio::source

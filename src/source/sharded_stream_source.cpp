#include <algorithm>

#include "source/shard_axis.hpp"
#include "source/stream_source.hpp"

namespace vio::source {

namespace {

std::int64_t count_symbols(RecordReader& records, std::size_t chunk_symbols) {
  std::int64_t total = 0;
  std::string symbols;
  while (records.next_record()) {
    for (bool ended = false; !ended;) {
      symbols.clear();
      ended = records.read(symbols, chunk_symbols);
      total += static_cast<std::int64_t>(symbols.size());
    }
  }
  return total;
}

}  // namespace

/// The record being read.
struct ShardedStreamSource::Current {
  Unit unit;
  OwnedStarts owned;
  std::int64_t position = 0;                     ///< symbols read
  std::shared_ptr<const Unit> shared = nullptr;  ///< once a chunk of it was handed out
};

ShardedStreamSource::ShardedStreamSource(const SourceOptions& options) : options_(options) {
  auto first_pass = open_records(reader_options(options));
  total_ = count_symbols(*first_pass, options.chunk_symbols);
  records_ = open_records(reader_options(options));
}

ShardedStreamSource::~ShardedStreamSource() = default;

bool ShardedStreamSource::begin_record() {
  const auto axis = shard_axis(total_, *options_.shard);
  // The first pass has seen the input to its end, so this one may stop early.
  if (axis_position_ >= axis.end && !axis.last) return false;
  auto name = records_->next_record();
  if (!name) return false;
  Current current;
  current.owned = owned_starts(axis, axis_position_, options_.shard_whole_units);
  current.unit.ordinal = ordinal_++;
  current.unit.label = *name;
  current.unit.name = std::move(*name);
  if (current.owned.begin > 0) current.unit.starts_begin = current.owned.begin;
  current.unit.starts_end = current.owned.end;
  current_ = std::make_unique<Current>(std::move(current));
  return true;
}

std::optional<Chunk> ShardedStreamSource::next() {
  while (!done_ && (current_ || begin_record())) {
    Chunk chunk{.unit = nullptr, .text_begin = current_->position, .text = {}};
    chunk.last = records_->read(chunk.text, options_.chunk_symbols);
    const auto size = static_cast<std::int64_t>(chunk.text.size());
    current_->position += size;
    axis_position_ += size;
    const bool ended = chunk.last;
    auto owned = own(std::move(chunk));
    if (ended) current_.reset();
    if (owned) return owned;
  }
  done_ = true;
  return std::nullopt;
}

std::optional<Chunk> ShardedStreamSource::own(Chunk chunk) {
  const OwnedStarts& owned = current_->owned;
  const bool empty_record = chunk.last && current_->position == 0;
  const bool reached = owned.begin < current_->position || (owned.begin == 0 && empty_record);
  if (owned.end <= owned.begin || !reached) return std::nullopt;
  if (!current_->shared) {
    current_->shared = std::make_shared<const Unit>(std::move(current_->unit));
    ++begun_;
  }
  chunk.unit = current_->shared;
  if (chunk.text_begin < owned.begin) {
    chunk.text.erase(0, static_cast<std::size_t>(owned.begin - chunk.text_begin));
    chunk.text_begin = owned.begin;
  }
  if (owned.end == OwnedStarts::kAll) return chunk;
  // One position more than the windows need, so that none of them seems to be the record's last.
  const std::int64_t enough = owned.end + options_.window;
  if (current_->position > enough || (current_->position == enough && !chunk.last)) {
    chunk.text.resize(static_cast<std::size_t>(enough - chunk.text_begin));
    chunk.last = true;
    done_ = true;
  }
  return chunk;
}

ReadProgress ShardedStreamSource::progress() const {
  auto progress = stream_progress(*records_, begun_);
  if (progress.total_bytes) {
    progress.bytes += *progress.total_bytes;
    progress.total_bytes = 2 * *progress.total_bytes;
  }
  return progress;
}

}  // namespace vio::source

#include "vio/window/batch_reader.hpp"

#include <algorithm>
#include <chrono>

namespace vio::window {

using core::Status;

BatchReader::BatchReader(source::SequenceSource& source, const TilingOptions& options)
    : source_(source), options_(options) {}

std::optional<TextBatch> BatchReader::next() {
  const auto began = std::chrono::steady_clock::now();
  TextBatch batch;
  segment_open_ = false;
  while (!is_full(batch)) {
    if (unit_) {
      plan_windows(batch);
      if (is_full(batch)) {
        break;
      }
    }
    auto chunk = source_.next();
    if (!chunk) {
      break;
    }
    take(*std::move(chunk));
  }
  if (batch.windows.empty() && batch.unit_ends.empty()) {
    return std::nullopt;
  }
  batch.progress = source_.progress();
  batch.read_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return batch;
}

void BatchReader::take(source::Chunk chunk) {
  if (chunk.unit != unit_) {
    begin_unit(chunk);
  }
  unit_complete_ = chunk.last;
  if (head_ == text_.size()) {
    // Nothing is left of earlier chunks: the usual case for reads, and no copy.
    text_ = std::move(chunk.text);
    head_ = 0;
    text_begin_ = chunk.text_begin;
  } else {
    text_.erase(0, head_);
    head_ = 0;
    text_ += chunk.text;
  }
  drop_text_before(next_start_);
}

void BatchReader::begin_unit(const source::Chunk& chunk) {
  unit_ = chunk.unit;
  text_.clear();
  head_ = 0;
  text_begin_ = chunk.text_begin;
  segment_open_ = false;
  // The first start of the grid that this shard owns.
  const std::int64_t skipped = std::max(unit_->begin, unit_->starts_begin) - unit_->begin;
  next_start_ = unit_->begin + (skipped + options_.stride - 1) / options_.stride * options_.stride;
}

void BatchReader::plan_windows(TextBatch& batch) {
  // Strictly: one more symbol shows that the window does not reach the unit's end, so whether a
  // window is a whole sequence is known when it is planned.
  while (!is_full(batch) && next_start_ < unit_->starts_end &&
         next_start_ + options_.window < text_end()) {
    add_window(batch, next_start_, next_start_ + options_.window);
    next_start_ += options_.stride;
  }
  drop_text_before(next_start_);
  if (unit_complete_) {
    plan_end(batch);
  }
}

void BatchReader::plan_end(TextBatch& batch) {
  const std::int64_t end = text_end();
  const std::int64_t begin = unit_->begin;
  if (unit_->out_of_range) {
    add_row(batch, begin, begin, Status::out_of_range);
  } else if (end == begin) {
    add_row(batch, begin, begin, Status::empty);
  } else {
    const auto previous_reaches_end = [&] {
      return next_start_ > begin && next_start_ - options_.stride + options_.window >= end;
    };
    while (next_start_ < end && next_start_ < unit_->starts_end && !previous_reaches_end()) {
      if (is_full(batch)) {
        return;  // the next batch goes on here
      }
      add_window(batch, next_start_, std::min(end, next_start_ + options_.window));
      next_start_ += options_.stride;
    }
  }
  finish_unit(batch);
}

void BatchReader::finish_unit(TextBatch& batch) {
  batch.unit_ends.push_back({unit_index(batch), batch.windows.size(), text_end() - unit_->begin});
  unit_.reset();
  text_.clear();
  head_ = 0;
  segment_open_ = false;
}

void BatchReader::add_window(TextBatch& batch, std::int64_t start, std::int64_t end) {
  const bool too_short = end - start < options_.min_length;
  add_row(batch, start, end, too_short ? Status::too_short : Status::ok);
  append_text(batch, start, end);
  auto& window = batch.windows.back();
  window.text_begin = segment_offset_ + static_cast<std::size_t>(start - segment_start_);
  window.whole = !unit_->interval && start == unit_->begin && unit_complete_ && end == text_end();
}

void BatchReader::add_row(TextBatch& batch, std::int64_t start, std::int64_t end, Status status) {
  PlannedWindow window;
  window.unit = unit_index(batch);
  window.start = start;
  window.end = end;
  window.status = status;
  batch.windows.push_back(window);
}

void BatchReader::append_text(TextBatch& batch, std::int64_t start, std::int64_t end) {
  if (!segment_open_ || start > segment_end_) {
    segment_open_ = true;
    segment_start_ = segment_end_ = start;
    segment_offset_ = batch.text.size();
  }
  if (end > segment_end_) {
    const auto from = head_ + static_cast<std::size_t>(segment_end_ - text_begin_);
    batch.text.append(text_, from, static_cast<std::size_t>(end - segment_end_));
    segment_end_ = end;
  }
}

void BatchReader::drop_text_before(std::int64_t position) {
  const auto unneeded = std::min(position, text_end()) - text_begin_;
  if (unneeded > 0) {
    head_ += static_cast<std::size_t>(unneeded);
    text_begin_ += unneeded;
  }
}

std::uint32_t BatchReader::unit_index(TextBatch& batch) const {
  if (batch.units.empty() || batch.units.back() != unit_) {
    batch.units.push_back(unit_);
  }
  return static_cast<std::uint32_t>(batch.units.size() - 1);
}

bool BatchReader::is_full(const TextBatch& batch) const noexcept {
  return batch.windows.size() >= options_.max_windows || batch.text.size() >= options_.max_symbols;
}

std::int64_t BatchReader::text_end() const noexcept {
  return text_begin_ + static_cast<std::int64_t>(text_.size() - head_);
}

}  // namespace vio::window

#include "source/indexed_source.hpp"

#include <algorithm>

#include "source/index_check.hpp"

namespace vio::source {

IndexedSource::IndexedSource(hts::FastaIndex index, std::unique_ptr<FastaReader> records,
                             std::vector<PlannedUnit> plan, std::size_t chunk_symbols)
    : index_(std::move(index)),
      records_(std::move(records)),
      plan_(std::move(plan)),
      chunk_symbols_(chunk_symbols) {
  for (const auto& unit : plan_) {
    symbols_planned_ += static_cast<std::uint64_t>(unit.text_end - unit.text_begin);
  }
}

void IndexedSource::begin_unit() {
  const auto& planned = plan_[planned_];
  const auto& entry = *planned.entry;
  const bool record = planned.asked.contig.empty();
  Unit unit;
  unit.ordinal = planned.ordinal;
  unit.name = entry.name;
  unit.begin = planned.begin;
  unit.label = record ? entry.name : region_label(planned.asked);
  unit.starts_begin = planned.starts_begin;
  unit.starts_end = planned.starts_end;
  unit.interval = !record;
  unit.out_of_range = !record && is_out_of_range(planned.asked, entry.length);
  unit_ = std::make_shared<const Unit>(std::move(unit));
  position_ = planned.text_begin;
  if (planned.text_end > planned.text_begin) {
    records_->seek(entry.byte_of(position_), entry.name, position_ % entry.line_symbols == 0);
  }
}

std::optional<Chunk> IndexedSource::next() {
  if (planned_ == plan_.size()) return std::nullopt;
  if (!unit_) begin_unit();
  const auto& planned = plan_[planned_];
  const auto wanted = std::min<std::int64_t>(planned.text_end - position_,
                                             static_cast<std::int64_t>(chunk_symbols_));
  Chunk chunk{.unit = unit_, .text_begin = position_, .text = {}};
  if (wanted > 0 && records_->read(chunk.text, static_cast<std::size_t>(wanted)) &&
      static_cast<std::int64_t>(chunk.text.size()) < wanted) {
    throw_short_record(records_->file(), unit_->name);
  }
  position_ += wanted;
  symbols_read_ += static_cast<std::uint64_t>(wanted);
  chunk.last = position_ == planned.text_end;
  if (chunk.last) {
    unit_.reset();
    ++planned_;
  }
  return chunk;
}

ReadProgress IndexedSource::progress() const {
  return {.bytes = symbols_read_,
          .total_bytes = symbols_planned_,
          .records = planned_ + (unit_ ? 1U : 0U)};
}

}  // namespace vio::source

#include "source/target_source.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "source/stream_source.hpp"
#include "vio/core/error.hpp"
#include "vio/source/contig_names.hpp"

namespace vio::source {

TargetSource::TargetSource(std::unique_ptr<RecordReader> records, std::vector<Region> regions,
                           std::size_t chunk_symbols)
    : records_(std::move(records)),
      regions_(std::move(regions)),
      seen_as_(regions_.size()),
      chunk_symbols_(chunk_symbols) {
  for (std::size_t i = 0; i < regions_.size(); ++i) {
    const auto& [interval, whole_name] = regions_[i];
    targets_[interval.contig].push_back({i, interval});
    if (whole_name) targets_[*whole_name].push_back({i, {*whole_name, 0, kOpenEnd}});
  }
  for (auto& [contig, targets] : targets_) {
    std::stable_sort(targets.begin(), targets.end(), [](const Target& a, const Target& b) {
      return a.interval.begin < b.interval.begin;
    });
  }
}

std::optional<Chunk> TargetSource::next() {
  for (;;) {
    if (unit_) return next_piece();
    if (in_record_ && target_ < current_->size()) {
      begin_unit();
      continue;
    }
    if (!begin_record()) {
      check_all_seen();
      return std::nullopt;
    }
  }
}

bool TargetSource::begin_record() {
  if (in_record_) hold(kOpenEnd, kOpenEnd);
  in_record_ = false;
  for (auto name = records_->next_record(); name; name = records_->next_record()) {
    held_.clear();
    held_begin_ = 0;
    record_ended_ = false;
    const auto found = targets_.find(*name);
    if (found != targets_.end()) {
      mark_seen(*name);
      current_ = &found->second;
      target_ = 0;
      in_record_ = true;
      return true;
    }
    const auto aliases = contig_aliases(*name);
    const bool asked = std::any_of(aliases.begin(), aliases.end(),
                                   [&](const auto& alias) { return targets_.contains(alias); });
    if (alias_seen_.empty() && asked) alias_seen_ = *name;
    hold(kOpenEnd, kOpenEnd);
  }
  return false;
}

void TargetSource::begin_unit() {
  const auto& interval = (*current_)[target_].interval;
  hold(interval.begin + 1, interval.begin);
  Unit unit;
  unit.ordinal = begun_++;
  unit.name = interval.contig;
  unit.begin = interval.begin;
  unit.label = region_label(interval);
  unit.interval = true;
  unit.out_of_range = is_out_of_range(interval, held_end());
  unit_ = std::make_shared<const Unit>(std::move(unit));
  position_ = interval.begin;
}

Chunk TargetSource::next_piece() {
  const std::int64_t end = (*current_)[target_].interval.end;
  const bool more = target_ + 1 < current_->size();
  const std::int64_t keep_from = more ? (*current_)[target_ + 1].interval.begin : kOpenEnd;
  const std::int64_t wanted = std::min(end - position_, static_cast<std::int64_t>(chunk_symbols_));
  hold(position_ + wanted, std::min(position_, keep_from));
  const std::int64_t stop = std::max(position_, std::min(position_ + wanted, held_end()));
  Chunk chunk{.unit = unit_, .text_begin = position_, .text = {}};
  if (stop > position_) {
    chunk.text = held_.substr(static_cast<std::size_t>(position_ - held_begin_),
                              static_cast<std::size_t>(stop - position_));
  }
  chunk.last = stop == end || (record_ended_ && stop >= held_end());
  position_ = stop;
  if (chunk.last) {
    unit_.reset();
    ++target_;
  }
  return chunk;
}

void TargetSource::mark_seen(const std::string& contig) {
  for (const auto& target : targets_.find(contig)->second) {
    auto& seen_as = seen_as_[target.region];
    if (!seen_as.empty() && seen_as != contig) {
      throw core::UsageError(fmt::format(
          "region {0} can be read in two ways, because {1} has both a contig {2} and a contig {3}; "
          "write {{{0}}} for the contig or put braces around the shorter name.",
          *regions_[target.region].whole_name, records_->file(), seen_as, contig));
    }
    seen_as = contig;
  }
}

void TargetSource::check_all_seen() const {
  const auto missing = std::find(seen_as_.begin(), seen_as_.end(), std::string());
  if (missing == seen_as_.end()) return;
  const auto& region = regions_[static_cast<std::size_t>(missing - seen_as_.begin())];
  throw core::UsageError(
      fmt::format("{} has no contig {}{}; correct the name in -t or -T.", records_->file(),
                  region.whole_name.value_or(region.interval.contig),
                  alias_seen_.empty() ? "" : fmt::format(" (but it has {})", alias_seen_)));
}

std::int64_t TargetSource::held_end() const noexcept {
  return held_begin_ + static_cast<std::int64_t>(held_.size());
}

void TargetSource::hold(std::int64_t end, std::int64_t keep_from) {
  drop_before(keep_from);
  while (!record_ended_ && held_end() < end) {
    record_ended_ = records_->read(held_, held_.size() + chunk_symbols_);
    drop_before(keep_from);
  }
}

void TargetSource::drop_before(std::int64_t position) {
  const auto size = static_cast<std::int64_t>(held_.size());
  const std::int64_t count = std::clamp<std::int64_t>(position - held_begin_, 0, size);
  // Only where much goes at once: erasing moves the rest.
  if (count * 2 < size) return;
  held_.erase(0, static_cast<std::size_t>(count));
  held_begin_ += count;
}

ReadProgress TargetSource::progress() const {
  return stream_progress(*records_, begun_);
}

}  // namespace vio::source

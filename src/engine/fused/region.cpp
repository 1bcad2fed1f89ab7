#include "engine/fused/region.hpp"

#include <algorithm>
#include <utility>

namespace vio::engine::fused {

namespace {

std::size_t count(std::int64_t begin, std::int64_t end) {
  return static_cast<std::size_t>(end - begin);
}

/// The run's position of the window's position `at`, which lies before the edit or at its begin.
std::int64_t on_run_before(const Placement& window, std::int64_t at) {
  return at <= window.edit_begin ? window.begin + at : window.on_run(at);
}

}  // namespace

std::int64_t RegionFeatures::first(const Placement& window, Region region) const noexcept {
  return on_run_before(window, region.begin) - reach_.radius() - stack_.reach();
}

std::int64_t RegionFeatures::ready(const Placement& window, Region region,
                                   std::int64_t run_length) const noexcept {
  return std::min(run_length, window.on_run(region.end) + reach_.radius());
}

RegionFeatures::Range RegionFeatures::fresh(std::size_t layer) const noexcept {
  const auto reach = reach_.after(layer);
  return {std::max<std::int64_t>(0, region_.begin - reach),
          std::min(window_.length(), region_.end + reach)};
}

void RegionFeatures::copy(Rows& rows, const Rows& run, Range range) const {
  const auto length = window_.length();
  const auto piece = [&](std::int64_t begin, std::int64_t end, std::int64_t shift) {
    begin = std::max(begin, range.begin);
    end = std::min(end, range.end);
    if (begin < end) {
      std::copy_n(run.at(begin + shift), count(begin, end) * rows.stride(), rows.at(begin));
    }
  };
  if (range.begin < 0) {
    rows.zero(range.begin, std::min<std::int64_t>(range.end, 0));
  }
  piece(0, window_.edit_begin, window_.begin);
  piece(window_.edit_end(), length, window_.on_run(window_.edit_end()) - window_.edit_end());
  if (range.end > length) {
    rows.zero(std::max(range.begin, length), range.end);
  }
}

void RegionFeatures::surround(Rows& rows, const Rows& run, Range old, Range range) const {
  if (old.begin >= old.end) {
    copy(rows, run, range);
    return;
  }
  if (range.begin < old.begin) {
    copy(rows, run, {range.begin, old.begin});
  }
  if (old.end < range.end) {
    copy(rows, run, {old.end, range.end});
  }
}

void RegionFeatures::stem(const Stream& stream) {
  const auto [begin, end] = fresh(0);
  if (begin >= end) {
    return;
  }
  const auto around = reach_.after(0);
  const auto length = window_.length();
  codes_.clear();
  for (auto p = begin - around; p < end + around; ++p) {
    if (p < 0 || p >= length) {
      codes_.push_back(stack_.stem.outside);
    } else if (p >= window_.edit_begin && p < window_.edit_end()) {
      codes_.push_back(window_.alt[static_cast<std::size_t>(p - window_.edit_begin)]);
    } else {
      codes_.push_back(stream.codes()[window_.on_run(p)]);
    }
  }
  kernels_.stem(stack_.stem, codes_.data() + around, count(begin, end), x_.at(begin));
  flops_ += count(begin, end) * stack_.stem_flops;
}

void RegionFeatures::gated(const PackedBlock& block, const LayerRows& run, Range old, Range now) {
  const auto reach = static_cast<std::int64_t>(block.depth_conv.reach());
  surround(x_, run.x, old, {now.begin - reach, now.end + reach});
  surround(gate_, run.gate, old, now);
  const auto positions = count(now.begin, now.end);
  float* const mixed = gate_.at(now.begin);
  kernels_.mix(block.depth_conv, x_.at(now.begin), mixed, positions, mixed);
  kernels_.norm(block.norm, mixed, positions, x_.at(now.begin));
}

void RegionFeatures::residual(const PackedBlock& block, const LayerRows& run, Range old,
                              Range now) {
  if (old.begin < old.end) {
    const auto positions = count(old.begin, old.end);
    kernels_.norm(block.norm, x_.at(old.begin), positions, mixed_.data());
    kernels_.linear(block.value, mixed_.data(), x_.stride(), positions, value_.at(old.begin));
    kernels_.linear_sigmoid(block.gate, mixed_.data(), x_.stride(), positions, gate_.at(old.begin));
  }
  const auto reach = static_cast<std::int64_t>(block.depth_conv.reach());
  surround(value_, run.value, old, {now.begin - reach, now.end + reach});
  surround(gate_, run.gate, old, now);
  surround(x_, run.x, old, now);
  const auto positions = count(now.begin, now.end);
  kernels_.mix(block.depth_conv, value_.at(now.begin), gate_.at(now.begin), positions,
               mixed_.data());
  kernels_.linear_add(block.project, mixed_.data(), value_.stride(), positions, x_.at(now.begin));
}

void RegionFeatures::start(const Stream& stream, const Placement& window, Region region) {
  window_ = window;
  region_ = region;
  flops_ = 0;
  const auto margin = reach_.radius() + static_cast<std::int64_t>(stack_.reach());
  origin_ = region.begin - margin;
  capacity_ = region.end + margin - origin_;
  x_.reset(stack_.units, origin_, capacity_);
  mixed_.resize(static_cast<std::size_t>(capacity_) * stack_.widest * kUnit);
  stem(stream);
}

void RegionFeatures::want_gates(std::size_t i, ScatteredRows& rows) {
  const auto& block = stack_.blocks[i];
  gate_.reset(block.depth_conv.units, origin_, capacity_);
  const auto old = fresh(i);
  for (auto p = old.begin; p < old.end; ++p) {
    rows.x.push_back(x_.at(p));
    rows.y.push_back(gate_.at(p));
  }
}

void RegionFeatures::block(const Stream& stream, std::size_t i) {
  const auto& block = stack_.blocks[i];
  const auto old = fresh(i);
  const auto now = fresh(i + 1);
  if (now.begin >= now.end) {
    return;
  }
  if (block.kind == model::BlockSpec::Kind::gated) {
    gated(block, stream.layer(i), old, now);
  } else {
    value_.reset(block.depth_conv.units, origin_, capacity_);
    gate_.reset(block.depth_conv.units, origin_, capacity_);
    residual(block, stream.layer(i), old, now);
  }
  flops_ += count(old.begin, std::max(old.begin, old.end)) * block.expand_flops +
            count(now.begin, now.end) * block.mix_flops;
}

void RegionFeatures::finish() {
  const auto last = fresh(stack_.blocks.size());
  begin_ = last.begin;
  end_ = std::max(last.begin, last.end);
  for (const auto& norm : stack_.final_norm) {
    kernels_.norm(norm, x_.at(begin_), count(begin_, end_), x_.at(begin_));
  }
}

}  // namespace vio::engine::fused

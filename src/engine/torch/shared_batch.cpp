#include "engine/torch/shared_batch.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace vio::engine {

namespace {

/// Regions of the same class share a batch: on the same side of a window, and of at most 1
/// position, 8, 64 and so on.
std::pair<Region::Kind, int> class_of(const Region& region) {
  const auto length = static_cast<std::uint64_t>(region.end - region.begin);
  return {region.kind, length <= 1 ? 0 : (static_cast<int>(std::bit_width(length - 1)) + 2) / 3};
}

}  // namespace

SharedLayout::SharedLayout(const Planner& planner, const model::Spec& spec)
    : planner_(planner),
      spec_(spec),
      margin_(planner.reach().widest_read()),
      gap_(planner.reach().widest()) {}

void SharedLayout::add(const Run& run, std::span<const Placement> placements,
                       std::span<const window::Window> windows) {
  auto& codes = batch_.codes;
  if (!codes.empty()) {
    codes.resize(codes.size() + static_cast<std::size_t>(gap_), spec_.alphabet.pad());
  }
  const auto begin = codes.size();
  codes.resize(begin + static_cast<std::size_t>(run.length()));
  window::materialize(run.view(), spec_.alphabet, std::span(codes).subspan(begin));
  size_ += run.length() + gap_;
  left_edges_.clear();
  right_edges_.clear();
  for (const auto& placement : placements) {
    const auto& window = windows[placement.window];
    batch_.windows.push_back(placement.window);
    batch_.lengths.push_back(window.length());
    batch_.whole.push_back(window.whole ? 1 : 0);
    split(placement, run, static_cast<std::int64_t>(begin));
  }
}

void SharedLayout::split(const Placement& window, const Run& run, std::int64_t run_begin) {
  auto& pooled = pooled_.emplace_back();
  const auto radius = planner_.reach().radius();
  const auto length = window.length();
  planner_.split(
      window, run.length(), regions_,
      [&](std::int64_t begin, std::int64_t end) {
        pooled.stretches.push_back({run_begin + begin, run_begin + end});
      },
      [&](const Region& region) {
        if (std::max<std::int64_t>(0, region.begin - radius) <
            std::min(length, region.end + radius)) {
          pooled.own.push_back(own(window, region, run_begin));
        }
      });
}

std::size_t SharedLayout::own(const Placement& window, Region region, std::int64_t run_begin) {
  const auto index = own_.size();
  if (region.kind == Region::Kind::left_edge) {
    const auto [known, is_new] = left_edges_.try_emplace(window.begin, index);
    if (!is_new) {
      return known->second;
    }
  } else if (region.kind == Region::Kind::right_edge) {
    const auto [known, is_new] = right_edges_.try_emplace(window.end, index);
    if (!is_new) {
      return known->second;
    }
  }
  own_.push_back({window, region, run_begin});
  size_ += 2 * margin_ + region.end - region.begin;
  return index;
}

void SharedLayout::write_column(const Own& own, std::size_t column,
                                SharedBatch::Regions& regions) const {
  const auto& window = own.window;
  const auto columns = regions.lengths.size();
  const auto length = window.length();
  regions.lengths[column] = static_cast<std::int32_t>(own.region.end - own.region.begin);
  auto position = own.region.begin - regions.before;
  for (std::size_t at = column; at < regions.codes.size(); at += columns, ++position) {
    if (position < 0 || position >= length) {
      continue;
    }
    if (position >= window.edit_begin && position < window.edit_end()) {
      regions.codes[at] = window.alt[static_cast<std::size_t>(position - window.edit_begin)];
      // Read by nobody, but the position exists.
      regions.places[at] = static_cast<std::int32_t>(own.run_begin);
      continue;
    }
    const auto place = own.run_begin + window.on_run(position);
    regions.codes[at] = batch_.codes[static_cast<std::size_t>(place)];
    regions.places[at] = static_cast<std::int32_t>(place);
  }
}

void SharedLayout::lay_out(std::span<const std::size_t> group) {
  auto& regions = batch_.regions.emplace_back();
  const auto kind = own_[group.front()].region.kind;
  regions.before = kind == Region::Kind::left_edge ? 0 : margin_;
  regions.after = kind == Region::Kind::right_edge ? 0 : margin_;
  for (const auto i : group) {
    regions.longest = std::max(regions.longest, own_[i].region.end - own_[i].region.begin);
  }
  const auto cells = static_cast<std::size_t>(regions.rows(margin_)) * group.size();
  regions.lengths.resize(group.size());
  regions.codes.assign(cells, spec_.alphabet.pad());
  regions.places.assign(cells, -1);
  for (std::size_t column = 0; column < group.size(); ++column) {
    write_column(own_[group[column]], column, regions);
  }
}

void SharedLayout::lay_out_regions() {
  std::vector<std::size_t> order(own_.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = i;
  }
  const auto class_at = [&](std::size_t i) { return class_of(own_[i].region); };
  std::ranges::stable_sort(order, {}, class_at);
  const auto positions = static_cast<std::int64_t>(batch_.codes.size());
  auto column = static_cast<std::int32_t>(positions + positions / SharedBatch::kBlock);
  for (const auto i : order) {
    own_[i].column = column++;
  }
  for (auto begin = order.begin(); begin != order.end();) {
    const auto end = std::find_if(begin, order.end(),
                                  [&](std::size_t i) { return class_at(i) != class_at(*begin); });
    lay_out({begin, end});
    begin = end;
  }
}

void SharedLayout::list_members(const Pooled& pooled) {
  constexpr auto kBlock = SharedBatch::kBlock;
  auto& members = batch_.members;
  const auto list = [&](std::int64_t begin, std::int64_t end) {
    for (auto i = begin; i < end; ++i) {
      members.push_back(static_cast<std::int32_t>(i));
    }
  };
  const auto blocks = static_cast<std::int64_t>(batch_.codes.size());
  for (const auto [begin, end] : pooled.stretches) {
    const auto first = (begin + kBlock - 1) / kBlock;
    const auto last = end / kBlock;
    if (first >= last) {
      list(begin, end);
      continue;
    }
    list(begin, first * kBlock);
    list(blocks + first, blocks + last);
    list(last * kBlock, end);
  }
  for (const auto i : pooled.own) {
    members.push_back(own_[i].column);
  }
  batch_.offsets.push_back(static_cast<std::int32_t>(members.size()));
}

void SharedLayout::count_positions() {
  const auto& reach = planner_.reach();
  const auto each = model::flops_per_position(spec_);
  double flops = static_cast<double>(batch_.codes.size()) * static_cast<double>(each);
  for (const auto& regions : batch_.regions) {
    auto column = regions.rows(reach.read_by(0)) * model::stem_flops(spec_);
    for (std::size_t i = 0; i < spec_.blocks.size(); ++i) {
      column +=
          regions.rows(reach.read_by(i + 1)) * model::block_flops(spec_.blocks[i], spec_.channels);
    }
    column += regions.rows(reach.radius()) * model::pooling_flops(spec_);
    flops += static_cast<double>(column) * static_cast<double>(regions.lengths.size());
  }
  batch_.positions_computed =
      static_cast<std::uint64_t>(std::llround(flops / static_cast<double>(each)));
}

SharedBatch SharedLayout::finish() {
  const auto blocks = (static_cast<std::int64_t>(batch_.codes.size()) + SharedBatch::kBlock - 1) /
                      SharedBatch::kBlock;
  batch_.codes.resize(static_cast<std::size_t>(blocks * SharedBatch::kBlock), spec_.alphabet.pad());
  lay_out_regions();
  batch_.offsets.push_back(0);
  for (const auto& pooled : pooled_) {
    list_members(pooled);
  }
  count_positions();
  own_.clear();
  pooled_.clear();
  size_ = 0;
  return std::exchange(batch_, {});
}

}  // namespace vio::engine

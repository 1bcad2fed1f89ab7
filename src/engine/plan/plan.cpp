#include "engine/plan/plan.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <tuple>

namespace vio::engine {

namespace {

using window::Window;

std::size_t alt_symbols(std::span<const Window> windows) {
  return std::accumulate(windows.begin(), windows.end(), std::size_t{0},
                         [](std::size_t sum, const Window& window) {
                           return sum + (window.edit ? window.edit->alt.size() : 0);
                         });
}

/// Indices of the windows, neighbours beside each other.
std::vector<std::size_t> by_place(std::span<const Window> windows) {
  std::vector<std::size_t> order(windows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t i) {
    const auto& window = windows[i];
    return std::tuple(window.reverse, window.begin, window.end, i);
  };
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    const std::less<const window::Block*> before;
    if (windows[a].block != windows[b].block) {
      return before(windows[a].block, windows[b].block);
    }
    return key(a) < key(b);
  });
  return order;
}

/// The edit without the symbols at its ends that are the reference's anyway.
window::Edit trimmed(window::Edit edit, std::span<const core::Code> codes) {
  const auto ref = [&](std::int64_t i) { return codes[static_cast<std::size_t>(edit.begin + i)]; };
  while (edit.ref_length > 0 && !edit.alt.empty() && edit.alt.front() == ref(0)) {
    ++edit.begin;
    --edit.ref_length;
    edit.alt = edit.alt.subspan(1);
  }
  while (edit.ref_length > 0 && !edit.alt.empty() && edit.alt.back() == ref(edit.ref_length - 1)) {
    --edit.ref_length;
    edit.alt = edit.alt.first(edit.alt.size() - 1);
  }
  return edit;
}

}  // namespace

Planner::Planner(const model::Spec& spec, std::size_t folded)
    : reach_(spec, folded),
      alphabet_(spec.alphabet),
      fixed_window_(spec.fixed_window ? spec.window : 0),
      mergeable_(std::ranges::find(spec.pooling.kinds, model::PoolKind::log_sum_exp) ==
                 spec.pooling.kinds.end()) {}

/// Padding and a sum that needs the window's own maximum belong to one window only.
bool Planner::can_share(const Window& window) const noexcept {
  return mergeable_ && (fixed_window_ == 0 || window.length() == fixed_window_);
}

/// Whether computing what the window adds to the run and what the run does not know of it is less
/// work than the window alone.
bool Planner::joins(const Run& run, const Window& window) const noexcept {
  if (run.alone || run.block != window.block || run.reverse != window.reverse ||
      window.begin > run.end) {
    return false;
  }
  const double edges = (window.begin > run.begin ? 1 : 0) + (window.end != run.end ? 1 : 0);
  double cost =
      edges * reach_.edge() + static_cast<double>(std::max<std::int64_t>(window.end - run.end, 0));
  if (window.edit) {
    cost += 2 * reach_.edge() + static_cast<double>(window.edit->alt.size());
  }
  return cost < static_cast<double>(window.length());
}

Placement Planner::place(const Run& run, std::size_t index, const Window& window,
                         std::vector<core::Code>& alts) const {
  Placement placement{.window = index,
                      .begin = window.begin - run.begin,
                      .end = window.end - run.begin,
                      .edit_begin = 0,
                      .ref_length = 0,
                      .alt = {}};
  if (run.reverse) {
    placement.begin = run.end - window.end;
    placement.end = run.end - window.begin;
  }
  placement.edit_begin = placement.end - placement.begin;
  if (!window.edit) {
    return placement;
  }
  const auto edit = trimmed(*window.edit, run.block->codes);
  if (edit.ref_length == 0 && edit.alt.empty()) {
    return placement;
  }
  placement.ref_length = edit.ref_length;
  placement.alt = edit.alt;
  placement.edit_begin = edit.begin - window.begin;
  if (run.reverse) {
    placement.edit_begin = window.end - (edit.begin + edit.ref_length);
    const auto begin = alts.size();
    std::transform(edit.alt.rbegin(), edit.alt.rend(), std::back_inserter(alts),
                   [&](core::Code code) { return alphabet_.complement(code); });
    placement.alt = std::span(alts).subspan(begin);
  }
  return placement;
}

window::Window Run::view() const noexcept {
  window::Window view;
  view.block = block;
  view.begin = begin;
  view.end = end;
  view.reverse = reverse;
  return view;
}

Plan Planner::plan(std::span<const Window> windows, std::int64_t longest_run) const {
  Plan plan;
  plan.alts.reserve(alt_symbols(windows));  // never grows: placements view it
  plan.placements.resize(windows.size());
  const auto order = by_place(windows);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto& window = windows[order[i]];
    plan.placements[i].window = order[i];
    if (!plan.runs.empty() && can_share(window) && joins(plan.runs.back(), window) &&
        window.end - plan.runs.back().begin <= longest_run) {
      auto& run = plan.runs.back();
      run.end = std::max(run.end, window.end);
      run.last = i + 1;
      continue;
    }
    plan.runs.push_back({.block = window.block,
                         .begin = window.begin,
                         .end = window.end,
                         .reverse = window.reverse,
                         .alone = !can_share(window),
                         .first = i,
                         .last = i + 1});
  }
  for (auto& run : plan.runs) {
    run.alone = run.last - run.first == 1;
    for (std::size_t i = run.first; i < run.last && !run.alone; ++i) {
      const auto index = plan.placements[i].window;
      plan.placements[i] = place(run, index, windows[index], plan.alts);
    }
  }
  return plan;
}

void Planner::regions(const Placement& placement, std::int64_t run_length,
                      std::vector<Region>& regions) const {
  regions.clear();
  const auto radius = reach_.radius();
  const auto add = [&](Region region) {
    if (!regions.empty() && region.begin - radius < regions.back().end + radius) {
      regions.back().end = region.end;
      regions.back().kind = Region::Kind::own;
    } else {
      regions.push_back(region);
    }
  };
  const auto length = placement.length();
  if (placement.begin > 0) {
    add({0, 0, Region::Kind::left_edge});
  }
  if (placement.ref_length > 0 || !placement.alt.empty()) {
    add({placement.edit_begin, placement.edit_end(), Region::Kind::own});
  }
  if (placement.end < run_length) {
    add({length, length, Region::Kind::right_edge});
  }
}

}  // namespace vio::engine

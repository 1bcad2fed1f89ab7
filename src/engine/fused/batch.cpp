#include "engine/fused/batch.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "engine/fused/fold.hpp"

namespace vio::engine::fused {

namespace {

/// Positions that go through all layers before the next ones do.
constexpr std::int64_t kStep = 16 * RunPool::kBlock;
/// Regions that go through a layer together.
constexpr std::size_t kTogether = 8;

PackedStack folded_stack(const model::Model& model, const Kernels& kernels) {
  PackedStack stack(model);
  fold_first_block(stack, kernels);
  return stack;
}

}  // namespace

Network::Network(const model::Model& model, const Kernels& best)
    : spec(model.spec),
      kernels(best),
      stack(folded_stack(model, best)),
      planner(model.spec, stack.folded),
      pool(model, best),
      padding(stack, best, planner.reach(), pool) {}

BatchPooler::BatchPooler(const Network& network)
    : network_(network),
      stream_(network.stack, network.kernels, network.planner.reach()),
      together_(kTogether, {network.stack, network.kernels, network.planner.reach()}),
      run_pool_(network.pool) {}

const core::Code* BatchPooler::load(const window::Window& view, std::int64_t length) {
  const auto around = static_cast<std::size_t>(network_.planner.reach().after(0));
  codes_.assign(static_cast<std::size_t>(length) + 2 * around, network_.stack.pad);
  std::fill_n(codes_.begin(), around, network_.stack.stem.outside);
  std::fill_n(codes_.rbegin(), around, network_.stack.stem.outside);
  window::materialize(view, network_.spec.alphabet, std::span(codes_).subspan(around));
  return codes_.data() + around;
}

void BatchPooler::pool_alone(const window::Window& window, std::size_t index) {
  const auto& spec = network_.spec;
  const auto length = window.length();
  const auto padding = spec.fixed_window ? spec.window - length : 0;
  auto computed = length + padding;
  auto pooled = spec.pooling.over_padding ? computed : length;
  run_pool_.start();
  jobs_.clear();
  if (network_.pool.needs_features()) {
    stream_.start(load(window, computed), computed, computed);
  } else {
    if (spec.pooling.over_padding) {
      computed = length + network_.padding.computed(padding);
      pooled = length + network_.padding.pooled(padding);
      network_.padding.add(padding, aggregates_[index]);
    } else {
      computed = length + std::min<std::int64_t>(padding, network_.planner.reach().radius());
    }
    stream_.start(load(window, computed), computed, RunPool::kBlock);
  }
  run_pool_.want(index, 0, pooled);
  stream(pooled);
}

void BatchPooler::split(const Placement& window, std::int64_t run_length) {
  network_.planner.split(
      window, run_length, regions_,
      [&](std::int64_t begin, std::int64_t end) { run_pool_.want(window.window, begin, end); },
      [&](const Region& region) {
        const auto edge = region.kind == Region::Kind::right_edge ? window.end : window.begin;
        jobs_.push_back(
            {together_.front().ready(window, region, run_length), edge, &window, region});
      });
}

std::int64_t BatchPooler::kept() const {
  std::int64_t keep = RunPool::kBlock;
  for (const auto& job : jobs_) {
    keep = std::max(keep, job.ready + kStep - together_.front().first(*job.window, job.region));
  }
  return keep;
}

void BatchPooler::pool_shared(std::span<const Placement> placements, const Run& run) {
  run_pool_.start();
  jobs_.clear();
  const auto length = run.length();
  for (const auto& window : placements) {
    split(window, length);
  }
  // Jobs that are the same work stand beside each other.
  std::ranges::sort(
      jobs_, {}, [](const Job& job) { return std::tuple(job.ready, job.region.kind, job.edge); });
  stream_.start(load(run.view(), length), length, kept(), !jobs_.empty());
  stream(length);
}

std::span<const BatchPooler::Job> BatchPooler::start(std::span<const Job> jobs) {
  starts_.clear();
  std::size_t i = 0;
  for (; i < jobs.size(); ++i) {
    if (i > 0 && jobs[i].same_as(jobs[i - 1])) {
      continue;
    }
    if (starts_.size() == together_.size()) {
      break;
    }
    together_[starts_.size()].start(stream_, *jobs[i].window, jobs[i].region);
    starts_.push_back(i);
  }
  return jobs.first(i);
}

void BatchPooler::compute_gates(std::span<RegionFeatures> regions, std::size_t layer) {
  const auto& block = network_.stack.blocks[layer];
  if (block.kind != model::BlockSpec::Kind::gated) {
    return;
  }
  gates_.clear();
  for (auto& region : regions) {
    region.want_gates(layer, gates_);
  }
  network_.kernels.linear_sigmoid_scattered(block.gate, gates_.x.data(), gates_.x.size(),
                                            gates_.y.data());
}

void BatchPooler::recompute(std::span<const Job> jobs) {
  while (!jobs.empty()) {
    const auto started = start(jobs);
    const auto regions = std::span(together_).first(starts_.size());
    for (std::size_t layer = 0; layer < network_.stack.blocks.size(); ++layer) {
      compute_gates(regions, layer);
      for (auto& region : regions) {
        region.block(stream_, layer);
      }
    }
    starts_.push_back(started.size());
    for (std::size_t r = 0; r < regions.size(); ++r) {
      pool_region(regions[r], started.subspan(starts_[r], starts_[r + 1] - starts_[r]));
    }
    jobs = jobs.subspan(started.size());
  }
}

void BatchPooler::pool_region(RegionFeatures& region, std::span<const Job> jobs) {
  const auto& pool = network_.pool;
  region.finish();
  const auto positions = region.end() - region.begin();
  recomputed_.reset(1, pool.sums(), pool.maxima());
  if (positions > 0) {
    pool.add(region.rows(), positions, scratch_, recomputed_[0]);
  }
  flops_ += region.flops() + static_cast<std::uint64_t>(positions) * pool.flops();
  for (const auto& job : jobs) {
    add_recomputed(job);
  }
}

void BatchPooler::add_recomputed(const Job& job) {
  const auto window = aggregates_[job.window->window];
  network_.pool.merge_sums(recomputed_.sums(0), 1, window.sums);
  network_.pool.merge_maxima(recomputed_.maxima(0), window.maxima);
}

void BatchPooler::stream(std::int64_t until) {
  auto job = jobs_.begin();
  for (std::int64_t known = 0; known < until;) {
    known = std::min(known + kStep, until);
    stream_.advance(known);
    run_pool_.advance(stream_.final_rows(), known, aggregates_, scratch_);
    const auto ready =
        std::find_if(job, jobs_.end(), [&](const Job& other) { return other.ready > known; });
    recompute({job, ready});
    job = ready;
  }
  flops_ += stream_.flops() + static_cast<std::uint64_t>(until) * network_.pool.flops();
}

std::uint64_t BatchPooler::pool(std::span<const window::Window> windows, float* rows,
                                std::size_t stride) {
  const auto& pool = network_.pool;
  flops_ = 0;
  aggregates_.reset(windows.size(), pool.sums(), pool.maxima());
  const auto plan = network_.planner.plan(windows);
  const auto finish = [&](std::size_t index, const float* features) {
    const auto& spec = network_.spec;
    const auto positions =
        spec.pooling.over_padding ? std::int64_t{spec.window} : windows[index].length();
    pool.finish(aggregates_[index], {features, positions}, scratch_,
                {rows + index * stride, pool.features()});
  };
  for (const auto& run : plan.runs) {
    const auto placements = std::span(plan.placements).subspan(run.first, run.last - run.first);
    if (!run.alone) {
      pool_shared(placements, run);
    }
    for (const auto& placement : placements) {
      if (run.alone) {
        pool_alone(windows[placement.window], placement.window);
      }
      finish(placement.window, pool.needs_features() ? stream_.final_rows().at(0) : nullptr);
    }
  }
  return flops_;
}

}  // namespace vio::engine::fused

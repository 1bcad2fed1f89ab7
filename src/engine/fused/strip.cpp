#include "engine/fused/strip.hpp"

#include <algorithm>
#include <utility>

namespace vio::engine::fused {

namespace {

/// Calls work(first, count) for runs of at most kChunk positions.
template <typename Work>
void for_chunks(std::size_t positions, Work work) {
  for (std::size_t first = 0; first < positions; first += kChunk) {
    work(first, std::min(kChunk, positions - first));
  }
}

struct StripRun {
  const Kernels& kernels;
  StripScratch& scratch;
  std::size_t positions;
  std::size_t halo;

  void gated(const PackedBlock& block) const {
    const auto units = block.depth_conv.units;
    const auto stride = units * kUnit;
    scratch.next.resize(positions, units, halo);
    for_chunks(positions, [&](std::size_t first, std::size_t count) {
      const float* const x = scratch.x.at(first);
      float* const mixed = scratch.mixed.data();
      kernels.linear_sigmoid(block.gate, x, stride, count, mixed);
      kernels.mix(block.depth_conv, x, mixed, count, mixed);
      kernels.norm(block.norm, mixed, count, scratch.next.at(first));
    });
    std::swap(scratch.x, scratch.next);
  }

  // Values run ahead of the mixing by its reach. A gate is read once, so gates keep a ring.
  void residual(const PackedBlock& block, std::size_t units) const {
    const auto stride = units * kUnit;
    const auto width = block.depth_conv.units * kUnit;
    scratch.next.resize(positions, block.depth_conv.units, halo);
    for_chunks(positions, [&](std::size_t first, std::size_t count) {
      kernels.norm(block.norm, scratch.x.at(first), count, scratch.mixed.data());
      kernels.linear(block.value, scratch.mixed.data(), stride, count, scratch.next.at(first));
    });
    for_chunks(positions, [&](std::size_t first, std::size_t count) {
      float* const x = scratch.x.at(first);
      kernels.norm(block.norm, x, count, scratch.mixed.data());
      kernels.linear_sigmoid(block.gate, scratch.mixed.data(), stride, count, scratch.gates.data());
      kernels.mix(block.depth_conv, scratch.next.at(first), scratch.gates.data(), count,
                  scratch.gates.data());
      kernels.linear_add(block.project, scratch.gates.data(), width, count, x);
    });
  }
};

}  // namespace

void Rows::resize(std::size_t positions, std::size_t units, std::size_t halo) {
  stride_ = units * kUnit;
  halo_ = halo;
  const auto needed = (positions + 2 * halo) * stride_;
  if (values_.size() < needed) {
    values_.resize(needed);
  }
  std::fill_n(values_.begin(), halo * stride_, 0.0F);
  std::fill_n(at(positions), halo * stride_, 0.0F);
}

float* strip_features(const PackedStack& stack, const Kernels& kernels,
                      std::span<const core::Code> codes, core::Code pad, StripScratch& scratch) {
  const auto halo = stack.reach();
  const auto positions = codes.size();
  const auto around = stack.stem.kernel / 2;
  scratch.codes.assign(positions + 2 * around, pad);
  std::ranges::copy(codes, scratch.codes.begin() + static_cast<std::ptrdiff_t>(around));
  scratch.x.resize(positions, stack.units, halo);
  scratch.gates.resize(kChunk * stack.widest * kUnit);
  scratch.mixed.resize(kChunk * stack.widest * kUnit);
  kernels.stem(stack.stem, scratch.codes.data() + around, positions, scratch.x.at(0));
  const StripRun run{kernels, scratch, positions, halo};
  for (const auto& block : stack.blocks) {
    if (block.kind == model::BlockSpec::Kind::gated) {
      run.gated(block);
    } else {
      run.residual(block, stack.units);
    }
  }
  for (const auto& norm : stack.final_norm) {
    kernels.norm(norm, scratch.x.at(0), positions, scratch.x.at(0));
  }
  return scratch.x.at(0);
}

}  // namespace vio::engine::fused

#pragma once

#include "engine/fused/network.hpp"

namespace vio::engine::fused {

/// Where the first block depends on a short string of codes alone (v1: 5), a table of what it makes
/// of every string takes its place and the stem's: `stack` then has one block less. The rows come
/// from the same kernels, so features keep their bits. Does nothing where the table would not fit.
void fold_first_block(PackedStack& stack, const Kernels& kernels);

}  // namespace vio::engine::fused

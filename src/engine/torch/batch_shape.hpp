#pragma once

#include <cstddef>
#include <cstdint>

#include "vio/model/spec.hpp"

namespace vio::engine {

/// Shapes of padded batches. There are few of them, so that a device sees the same ones again and
/// again: its allocator then reuses its blocks and its libraries the algorithms they have chosen.

/// Positions that a window of `length` is padded to: the window of a fixed-window model, else the
/// next of four steps an octave, at least 32.
[[nodiscard]] std::int64_t padded_length(const model::Spec& spec, std::int64_t length);

/// Rows that `count` windows are padded to: the next power of two, at most `capacity`.
/// 1 <= count <= capacity.
[[nodiscard]] std::size_t padded_rows(std::size_t count, std::size_t capacity);

/// Windows of spec.window positions whose batch fits `free_bytes`, shared by `in_flight` batches:
/// an estimate from the features that are alive at once, with half of the memory left alone. 1 to
/// 1024.
[[nodiscard]] std::size_t batch_that_fits(const model::Spec& spec, std::uint64_t free_bytes,
                                          std::size_t in_flight);

}  // namespace vio::engine

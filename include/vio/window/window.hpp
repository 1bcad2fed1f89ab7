#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "vio/core/alphabet.hpp"

namespace vio::window {

/// A run of encoded positions that many windows view. Immutable once a window views it, so it may
/// be shared between batches and threads.
struct Block {
  std::vector<core::Code> codes;
};

/// An allele put in place of the reference: positions [begin, begin + ref_length) of the block are
/// replaced by `alt`. Coordinates are positions of the block, 0-based.
struct Edit {
  std::int64_t begin = 0;
  std::int64_t ref_length = 0;
  std::span<const core::Code> alt;  ///< owned by the batch that owns the window
};

/// What gets one row of scores: a view [begin, end) on a block, optionally with an edit, read
/// forward or as the reverse complement. It never owns or copies, so windows that overlap still
/// know that they do. `begin` and `end` are positions of the block before the edit.
struct Window {
  const Block* block = nullptr;  ///< owned by the batch; never null in a planned window
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::optional<Edit> edit;
  bool reverse = false;  ///< reverse complement of the (edited) view
  bool whole = false;    ///< the window is its whole sequence, not cut from a longer one

  /// Number of real positions, after the edit.
  [[nodiscard]] std::int64_t length() const noexcept {
    return end - begin +
           (edit ? static_cast<std::int64_t>(edit->alt.size()) - edit->ref_length : 0);
  }
};

/// Writes the window's codes, after edit and strand, to `codes` (size >= window.length()) and
/// returns how many were written. `alphabet` is needed for the complement only. Thread-safe.
std::size_t materialize(const Window& window, const core::Alphabet& alphabet,
                        std::span<core::Code> codes);

}  // namespace vio::window

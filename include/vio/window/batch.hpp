#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "vio/core/status.hpp"
#include "vio/source/sequence_source.hpp"

namespace vio::window {

/// A row to be: where a window lies and whether it is to be scored.
struct PlannedWindow {
  std::uint32_t unit = 0;  ///< index into the batch's units
  std::int64_t start = 0;  ///< contig coordinates, 0-based half-open
  std::int64_t end = 0;
  std::size_t text_begin = 0;  ///< position of `start` in the batch's text
  core::Status status = core::Status::ok;
  bool whole = false;  ///< the window is the whole sequence

  [[nodiscard]] std::int64_t length() const noexcept { return end - start; }
};

/// A unit that ends after the batch's first `after_windows` windows.
struct UnitEnd {
  std::uint32_t unit = 0;
  std::size_t after_windows = 0;
  std::int64_t length = 0;  ///< positions of the unit (of its delivered part, in a shard)
};

/// One token of the pipeline on its way in: text of neighbouring windows, stored once however much
/// they overlap. Bounded in windows and in symbols.
struct TextBatch {
  std::vector<std::shared_ptr<const source::Unit>> units;
  std::vector<PlannedWindow> windows;
  std::vector<UnitEnd> unit_ends;
  std::string text;
  source::ReadProgress progress;
  double read_seconds = 0;  ///< wall time it took to read and plan
};

}  // namespace vio::window

#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "vio/core/alphabet.hpp"
#include "vio/window/batch.hpp"
#include "vio/window/window.hpp"

namespace vio::encode {

/// A batch whose text has become codes. Windows of status ok view `block` from their text_begin on.
struct EncodedBatch {
  std::vector<std::shared_ptr<const source::Unit>> units;
  std::vector<window::PlannedWindow> windows;
  std::vector<window::UnitEnd> unit_ends;
  std::shared_ptr<const window::Block> block;
  std::vector<std::int64_t> unknown;  ///< unknown positions of each window, [n_windows]
  source::ReadProgress progress;
  double read_seconds = 0;
};

/// Encodes a batch's text. A pure function: safe in any thread.
[[nodiscard]] EncodedBatch encode(window::TextBatch batch, const core::Alphabet& alphabet);

}  // namespace vio::encode

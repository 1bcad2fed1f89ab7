#pragma once

#include <memory>
#include <string>

#include "vio/annotate/scored_batch.hpp"

namespace vio::test {

inline std::shared_ptr<const source::Unit> make_unit(std::uint64_t ordinal, std::string name) {
  auto unit = std::make_shared<source::Unit>();
  unit->ordinal = ordinal;
  unit->name = unit->label = std::move(name);
  return unit;
}

/// Adds a window of the batch's last unit with its probabilities (none unless scored).
inline void add_window(annotate::ScoredBatch& batch, std::int64_t start, std::int64_t end,
                       core::Status status, std::int64_t unknown, std::vector<float> scores) {
  window::PlannedWindow window;
  window.unit = static_cast<std::uint32_t>(batch.encoded.units.size() - 1);
  window.start = start;
  window.end = end;
  window.status = status;
  batch.encoded.windows.push_back(window);
  batch.encoded.unknown.push_back(unknown);
  batch.probabilities.insert(batch.probabilities.end(), scores.begin(), scores.end());
}

inline void end_unit(annotate::ScoredBatch& batch, std::int64_t length) {
  batch.encoded.unit_ends.push_back({static_cast<std::uint32_t>(batch.encoded.units.size() - 1),
                                     batch.encoded.windows.size(), length});
}

}  // namespace vio::test

#pragma once

#include <cstdint>
#include <vector>

#include "vio/core/alphabet.hpp"
#include "vio/source/record_source.hpp"
#include "vio/window/batch.hpp"
#include "vio/window/batch_reader.hpp"

namespace vio::window {

/// Records and the windows of all of them.
struct RecordWindows {
  source::RecordBatch records;
  TextBatch text;                     ///< its unit_ends[i] is that of record i
  std::vector<std::int64_t> unknown;  ///< unknown positions of each whole record, [n_records]
};

/// Cuts whole records into windows by BatchReader's rule; options.max_* do not matter. A record
/// without a single position gives one EMPTY window. A pure function: safe in any thread.
[[nodiscard]] RecordWindows plan_records(source::RecordBatch records, const TilingOptions& options,
                                         const core::Alphabet& alphabet);

}  // namespace vio::window

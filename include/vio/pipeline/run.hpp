#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "vio/annotate/accounting.hpp"
#include "vio/annotate/score_summary.hpp"
#include "vio/annotate/table.hpp"
#include "vio/source/sequence_source.hpp"

namespace vio::pipeline {

/// How far a run has come; told after each batch, from one thread at a time.
struct Progress {
  source::ReadProgress read;
  std::uint64_t windows_done = 0;
};

struct PipelineOptions {
  int threads = 1;
  std::size_t n_classes = 0;
  annotate::Strand strand = annotate::Strand::forward;
  bool summarize = false;            ///< fill Summary::scores
  std::int64_t least_bin_width = 1;  ///< of the summary's tracks: positions, a power of two
  bool flush_each_batch = false;     ///< standard output: a reader of the pipe sees rows at once
  std::function<void(const Progress&)> on_progress;  ///< may be empty
};

/// What a run did.
struct Summary {
  annotate::Accounting accounting;
  annotate::ScoreSummary scores;  ///< where PipelineOptions::summarize asks for it
  /// Of sequences, whose records may span shards.
  std::optional<annotate::CountedRecord> first_record;
  std::optional<annotate::CountedRecord> last_record;
  std::uint64_t records_filtered = 0;  ///< left out by a filter, in no account
  std::uint64_t positions_requested = 0;
  std::uint64_t positions_computed = 0;
  double reading_seconds = 0;  ///< wall time of the serial reading stage
  double scoring_seconds = 0;  ///< summed over threads
  double writing_seconds = 0;  ///< wall time of the serial writing stage
};

/// Batches that may be in flight at once, which bounds memory.
[[nodiscard]] inline std::size_t max_batches_in_flight(int threads) noexcept {
  return 3 * static_cast<std::size_t>(threads) + 1;
}

}  // namespace vio::pipeline

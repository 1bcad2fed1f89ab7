#pragma once

#include <cstdint>
#include <functional>

#include "vio/annotate/accounting.hpp"
#include "vio/annotate/table.hpp"
#include "vio/core/alphabet.hpp"
#include "vio/engine/engine.hpp"
#include "vio/sink/table_sink.hpp"
#include "vio/window/batch_reader.hpp"

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
  bool flush_each_batch = false;  ///< standard output: a reader of the pipe sees rows at once
  std::function<void(const Progress&)> on_progress;  ///< may be empty
  /// Sees each batch between encoding and scoring, in any thread; may be empty. Tests lose rows
  /// here to see the accounts notice.
  std::function<void(encode::EncodedBatch&)> on_encoded;
};

/// The parts of one run, upstream first. All outlive the call.
struct SequenceParts {
  window::BatchReader& reader;
  const core::Alphabet& alphabet;
  engine::Engine& engine;
  annotate::Table& table;
  sink::TableSink& sink;
  sink::TableSink* skipped = nullptr;  ///< optional second output
};

struct Summary {
  annotate::Accounting accounting;
  std::uint64_t positions_requested = 0;
  std::uint64_t positions_computed = 0;
  double reading_seconds = 0;  ///< wall time of the serial reading stage
  double scoring_seconds = 0;  ///< summed over threads
  double writing_seconds = 0;  ///< wall time of the serial writing stage
};

/// Runs source -> windows -> codes -> engine -> annotation -> sink over one TBB pipeline. At most
/// 3 * threads + 1 batches are in flight, which bounds memory; rows are written in input order. An
/// exception anywhere stops the pipeline and comes out here. Neither finishes the sinks nor checks
/// the balance: the caller does, when all outputs are known to be good.
[[nodiscard]] Summary run_sequences(const SequenceParts& parts, const PipelineOptions& options);

}  // namespace vio::pipeline

#pragma once

#include <functional>

#include "vio/annotate/table.hpp"
#include "vio/core/alphabet.hpp"
#include "vio/engine/engine.hpp"
#include "vio/pipeline/run.hpp"
#include "vio/sink/table_sink.hpp"
#include "vio/window/batch_reader.hpp"

namespace vio::pipeline {

/// The parts of one run, upstream first. All outlive the call.
struct SequenceParts {
  window::BatchReader& reader;
  const core::Alphabet& alphabet;
  engine::Engine& engine;
  annotate::Table& table;
  sink::TableSink& sink;
  sink::TableSink* skipped = nullptr;  ///< optional second output
  /// Sees each batch between encoding and scoring, in any thread; may be empty. Tests lose rows
  /// here to see the accounts notice.
  std::function<void(encode::EncodedBatch&)> on_encoded = {};
  annotate::SequenceRows rows = annotate::SequenceRows::windows;  ///< what the summary counts
};

/// Runs source -> windows -> codes -> engine -> annotation -> sink over one TBB pipeline. At most
/// max_batches_in_flight() batches are in flight; rows are written in input order. An exception
/// anywhere stops the pipeline and comes out here. Neither finishes the sinks nor checks the
/// balance: the caller does, when all outputs are known to be good.
[[nodiscard]] Summary run_sequences(const SequenceParts& parts, const PipelineOptions& options);

}  // namespace vio::pipeline

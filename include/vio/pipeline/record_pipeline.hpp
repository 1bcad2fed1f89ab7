#pragma once

#include <functional>

#include "vio/core/alphabet.hpp"
#include "vio/encode/encoded_batch.hpp"
#include "vio/engine/engine.hpp"
#include "vio/pipeline/run.hpp"
#include "vio/sink/record_output.hpp"
#include "vio/sink/table_sink.hpp"
#include "vio/source/record_source.hpp"
#include "vio/window/batch_reader.hpp"

namespace vio::pipeline {

/// The parts of one run, upstream first. All outlive the call.
struct RecordParts {
  source::RecordSource& source;
  window::TilingOptions tiling;
  const core::Alphabet& alphabet;
  engine::Engine& engine;
  sink::RecordOutput& output;
  sink::TableSink* skipped = nullptr;  ///< optional second output
  /// Sees each batch between encoding and scoring, in any thread; may be empty. Tests lose windows
  /// here to see the accounts notice.
  std::function<void(encode::EncodedBatch&)> on_encoded = {};
};

/// Runs source -> windows -> codes -> engine -> annotation -> sink over one TBB pipeline, as
/// run_sequences() does, for records that get one row each.
[[nodiscard]] Summary run_records(const RecordParts& parts, const PipelineOptions& options);

}  // namespace vio::pipeline

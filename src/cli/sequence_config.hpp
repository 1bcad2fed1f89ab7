#pragma once

#include "run_config.hpp"
#include "vio/sink/table_sink.hpp"
#include "vio/source/open.hpp"
#include "vio/window/batch_reader.hpp"

namespace vio::cli {

/// A run over sequences, checked once.
struct SequenceConfig : RunConfig {
  source::SourceOptions source;
  window::TilingOptions tiling;  ///< max_windows 0: the engine's choice
  bool by_sequence = false;
  sink::TableSinkOptions output;
};

/// Throws core::UsageError where options contradict each other, the model or the input.
[[nodiscard]] SequenceConfig make_sequence_config(const ParsedOptions& options, RunConfig common);

}  // namespace vio::cli

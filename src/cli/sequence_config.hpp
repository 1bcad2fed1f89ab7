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

/// All but the output, which settle_output() adds.
[[nodiscard]] SequenceConfig make_sequence_config(const ParsedOptions& options, RunConfig common);

/// Throws core::UsageError where options don't go with sequences. For after the input was opened:
/// an empty file is a fault of its own, whatever it was meant to be.
void settle_output(const ParsedOptions& options, SequenceConfig& config);

}  // namespace vio::cli

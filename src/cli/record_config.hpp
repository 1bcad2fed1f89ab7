#pragma once

#include "output_format.hpp"
#include "run_config.hpp"
#include "vio/sink/record_output.hpp"
#include "vio/source/alignment_source.hpp"
#include "vio/source/table_source.hpp"
#include "vio/window/batch_reader.hpp"

namespace vio::cli {

/// A run over records that get one row each: reads of alignments, or rows of a CSV or TSV.
struct RecordConfig : RunConfig {
  window::TilingOptions tiling;  ///< max_* do not matter
  source::BatchBounds bounds;    ///< max_records 0: the engine's choice
  OutputFormat format = OutputFormat::table;
  bool write_index = false;
  // Of alignments.
  source::ReadFilter filter;
  bool by_region = false;
  std::string reference_path;  ///< empty: none
  // Of rows.
  std::string sequence_column;  ///< empty: guessed
};

/// Throws core::UsageError where options contradict each other, the model or the input.
[[nodiscard]] RecordConfig make_record_config(const ParsedOptions& options, RunConfig common,
                                              InputKind input);

}  // namespace vio::cli

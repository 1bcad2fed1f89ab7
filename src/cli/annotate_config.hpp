#pragma once

#include <memory>
#include <string>

#include "vio/annotate/table.hpp"
#include "vio/cli/parse.hpp"
#include "vio/engine/engine.hpp"
#include "vio/model/model.hpp"
#include "vio/sink/table_sink.hpp"
#include "vio/source/open.hpp"
#include "vio/window/batch_reader.hpp"

namespace vio::cli {

/// A run of vio-annotate, checked once; nothing below looks at options again.
struct AnnotateConfig {
  source::SourceOptions source;
  window::TilingOptions tiling;  ///< max_windows 0: the engine's choice
  bool by_sequence = false;
  annotate::Strand strand = annotate::Strand::forward;
  int threads = 1;
  std::string engine;
  engine::EngineOptions engine_options;
  sink::TableSinkOptions output;
  std::string stats_path;    ///< empty: none
  std::string skipped_path;  ///< empty: none
  double max_skipped_fraction = 1;
  bool quiet = false;
};

/// Throws core::UsageError where options contradict each other or the model.
[[nodiscard]] AnnotateConfig make_config(const ParsedOptions& options, const model::Spec& spec);

}  // namespace vio::cli

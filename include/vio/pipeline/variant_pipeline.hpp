#pragma once

#include <functional>

#include "vio/encode/encoded_variants.hpp"
#include "vio/engine/engine.hpp"
#include "vio/pipeline/run.hpp"
#include "vio/sink/table_sink.hpp"
#include "vio/sink/variant_output.hpp"
#include "vio/source/variant_source.hpp"

namespace vio::pipeline {

/// The parts of one run, upstream first. All outlive the call.
struct VariantParts {
  source::VariantSource& source;
  const source::ContigNames& contigs;
  encode::ReferenceCache& reference;
  encode::VariantEncoding encoding;
  engine::Engine& engine;
  sink::VariantOutput& output;
  sink::TableSink* skipped = nullptr;  ///< optional second output
  /// Sees each batch between encoding and scoring, in any thread; may be empty. Tests lose alleles
  /// here to see the accounts notice.
  std::function<void(encode::EncodedVariants&)> on_encoded = {};
};

/// Runs source -> windows and codes -> engine -> annotation -> sink over one TBB pipeline, as
/// run_sequences() does.
[[nodiscard]] Summary run_variants(const VariantParts& parts, const PipelineOptions& options);

}  // namespace vio::pipeline

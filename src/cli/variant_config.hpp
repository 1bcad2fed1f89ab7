#pragma once

#include "run_config.hpp"
#include "vio/encode/encoded_variants.hpp"
#include "vio/model/spec.hpp"
#include "vio/sink/variant_output.hpp"
#include "vio/source/variant_source.hpp"

namespace vio::cli {

/// A run over variants, checked once.
struct VariantConfig : RunConfig {
  source::VariantSourceOptions source;
  std::string reference_path;
  std::string contig_map_path;  ///< empty: none
  encode::VariantEncoding encoding;
  sink::VariantOutputOptions output;
  bool all_classes = false;
};

/// Throws core::UsageError where options contradict each other, the model or the input.
[[nodiscard]] VariantConfig make_variant_config(const ParsedOptions& options, RunConfig common,
                                                const model::Spec& spec);

}  // namespace vio::cli

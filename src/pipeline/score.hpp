#pragma once

#include "vio/annotate/scored_batch.hpp"
#include "vio/annotate/scored_variants.hpp"
#include "vio/annotate/table.hpp"
#include "vio/engine/engine.hpp"

namespace vio::pipeline {

/// Scores the windows of status ok, on the strand(s) asked for; `both` is the mean of the two.
/// Thread-safe.
[[nodiscard]] annotate::ScoredBatch score(encode::EncodedBatch batch, engine::Engine& engine,
                                          annotate::Strand strand, std::size_t n_classes);

/// Likewise all windows of a batch of variants.
[[nodiscard]] annotate::ScoredVariants score(encode::EncodedVariants batch, engine::Engine& engine,
                                             annotate::Strand strand, std::size_t n_classes);

}  // namespace vio::pipeline

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "vio/annotate/scored_variants.hpp"
#include "vio/annotate/variant_row.hpp"

namespace vio::annotate {

/// The rows of a scored batch, made one at a time. For one thread.
class VariantRows {
 public:
  /// `batch` outlives it. Throws core::InternalError where its scores are not
  /// [n_windows, n_classes].
  VariantRows(const ScoredVariants& batch, std::size_t n_classes);

  /// The row of record number `record`; it and its views live until the next call.
  [[nodiscard]] const VariantRow& row(std::size_t record);

 private:
  [[nodiscard]] std::span<const Millionths> probabilities_of(std::size_t window) const;
  [[nodiscard]] AlleleScore score_of(const encode::Allele& allele) const;

  const ScoredVariants& batch_;
  std::size_t n_classes_;
  std::vector<Millionths> probabilities_;  // [n_windows, n_classes]
  std::vector<std::string_view> alleles_;
  std::vector<AlleleScore> alts_;
  VariantRow row_;
};

}  // namespace vio::annotate

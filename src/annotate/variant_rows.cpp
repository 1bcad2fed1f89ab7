#include "vio/annotate/variant_rows.hpp"

#include <algorithm>
#include <cstdlib>

#include "vio/core/error.hpp"

namespace vio::annotate {

std::size_t most_changed_class(std::span<const Millionths> ref,
                               std::span<const Millionths> alt) noexcept {
  if (ref.size() == 2) {
    return 1;  // both change alike: name the same one throughout a file
  }
  std::size_t best = 0;
  for (std::size_t i = 1; i < ref.size(); ++i) {
    if (std::abs(alt[i] - ref[i]) > std::abs(alt[best] - ref[best])) {
      best = i;
    }
  }
  return best;
}

VariantRows::VariantRows(const ScoredVariants& batch, std::size_t n_classes)
    : batch_(batch), n_classes_(n_classes), probabilities_(batch.probabilities.size()) {
  if (batch.probabilities.size() != batch.encoded.windows.size() * n_classes) {
    throw core::InternalError(
        "a batch of variants does not have the scores of its windows; please report this");
  }
  std::ranges::transform(batch.probabilities, probabilities_.begin(), to_millionths);
}

std::span<const Millionths> VariantRows::probabilities_of(std::size_t window) const {
  return std::span(probabilities_).subspan(window * n_classes_, n_classes_);
}

AlleleScore VariantRows::score_of(const encode::Allele& allele) const {
  AlleleScore score;
  score.status = allele.status;
  if (allele.status == core::Status::ok) {
    score.edge = allele.edge;
    score.unknown = allele.unknown;
    score.probabilities = probabilities_of(allele.window);
    score.changed_class = most_changed_class(row_.ref_probabilities, score.probabilities);
    score.p_ref = row_.ref_probabilities[score.changed_class];
    score.p_alt = score.probabilities[score.changed_class];
  }
  return score;
}

const VariantRow& VariantRows::row(std::size_t record) {
  const auto& encoded = batch_.encoded;
  const auto& read = encoded.batch.records[record];
  const auto& variant = encoded.variants[record];
  row_ = {};
  row_.contig = read.contig(*encoded.batch.header);
  row_.position = read.position();
  row_.id = read.id();
  alleles_ = read.alleles();
  row_.alleles = alleles_;
  if (variant.scored) {
    row_.ref_probabilities = probabilities_of(variant.ref_window);
  }
  alts_.clear();
  for (std::size_t i = 0; i < variant.n_alleles; ++i) {
    alts_.push_back(score_of(encoded.alleles[variant.first_allele + i]));
  }
  row_.alts = alts_;
  return row_;
}

}  // namespace vio::annotate

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "vio/annotate/probability.hpp"
#include "vio/core/status.hpp"

namespace vio::annotate {

/// What the model says about one ALT beside REF.
struct AlleleScore {
  core::Status status = core::Status::no_alt;
  bool edge = false;                          ///< flag EDGE
  bool unknown = false;                       ///< flag N
  std::span<const Millionths> probabilities;  ///< [n_classes] with ALT; empty unless status is ok
  // Of the class that changes most; only where status is ok.
  std::size_t changed_class = 0;
  Millionths p_ref = 0;
  Millionths p_alt = 0;

  [[nodiscard]] Millionths delta() const noexcept { return p_alt - p_ref; }
};

/// Everything that a tag or column may say about one record. Views live as long as the call.
struct VariantRow {
  std::string_view contig;
  std::int64_t position = 0;  ///< 0-based
  std::string_view id;
  std::span<const std::string_view> alleles;      ///< REF, then every ALT; may be empty
  std::span<const AlleleScore> alts;              ///< one an ALT; one NO_ALT where there is none
  std::span<const Millionths> ref_probabilities;  ///< [n_classes]; empty where no ALT was scored
};

/// The class whose probability changes most between REF and ALT, ties to the first; of two classes
/// always the second.
[[nodiscard]] std::size_t most_changed_class(std::span<const Millionths> ref,
                                             std::span<const Millionths> alt) noexcept;

}  // namespace vio::annotate

#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "vio/core/alphabet.hpp"

namespace vio::train {

using Sequences = std::span<const std::vector<core::Code>>;

/// How alike sequences must be to be taken for one another.
struct Likeness {
  double jaccard = 0;  ///< least similarity of their sets of words (similarity.hpp), in (0, 1]
  int threads = 1;
};

/// Which of `sequences` are as like one of `others`. Equal sequences are, however short.
[[nodiscard]] std::vector<bool> find_alike(Sequences sequences, Sequences others,
                                           const core::Alphabet& alphabet,
                                           const Likeness& likeness);

/// Numbers from 0, in order of first occurrence, of the groups that are left when every two
/// sequences that are as alike, or equal, are put into one group (single linkage).
[[nodiscard]] std::vector<std::size_t> alike_groups(Sequences sequences,
                                                    const core::Alphabet& alphabet,
                                                    const Likeness& likeness);

}  // namespace vio::train

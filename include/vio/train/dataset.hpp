#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "vio/core/alphabet.hpp"
#include "vio/model/spec.hpp"
#include "vio/train/table.hpp"

namespace vio::train {

/// Encoded sequences with their class numbers; safe to share between threads.
struct Dataset {
  std::vector<std::vector<core::Code>> sequences;  ///< at least one position each
  std::vector<int> labels;                         ///< index into the spec's classes

  [[nodiscard]] std::size_t size() const noexcept { return labels.size(); }
};

/// Encodes a table for a model. Throws core::InputError for a row without sequence and
/// core::UsageError for one that is longer than a fixed window or of an unknown class.
[[nodiscard]] Dataset encode_table(const Table& table, const model::Spec& spec);

/// The rows with the given numbers, in their order.
[[nodiscard]] Dataset select_rows(const Dataset& data, std::span<const std::size_t> rows);

}  // namespace vio::train

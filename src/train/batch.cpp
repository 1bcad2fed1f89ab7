#include "train/batch.hpp"

#include <algorithm>

namespace vio::train {

Batch make_batch(const Dataset& data, std::span<const std::size_t> rows, const model::Spec& spec) {
  const auto n = static_cast<std::int64_t>(rows.size());
  std::size_t length = spec.fixed_window ? static_cast<std::size_t>(spec.window) : 1;
  for (const auto row : rows) {
    length = std::max(length, data.sequences[row].size());
  }
  Batch batch{.codes_nl = torch::full({n, static_cast<std::int64_t>(length)}, spec.alphabet.pad(),
                                      torch::kByte),
              .lengths = torch::empty({n}, torch::kLong),
              .whole = torch::ones({n}, torch::kBool),
              .labels = torch::empty({n}, torch::kLong)};
  auto* codes = batch.codes_nl.data_ptr<std::uint8_t>();
  auto* lengths = batch.lengths.data_ptr<std::int64_t>();
  auto* labels = batch.labels.data_ptr<std::int64_t>();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& sequence = data.sequences[rows[i]];
    std::ranges::copy(sequence, codes + i * length);
    lengths[i] = static_cast<std::int64_t>(sequence.size());
    labels[i] = data.labels[rows[i]];
  }
  return batch;
}

}  // namespace vio::train

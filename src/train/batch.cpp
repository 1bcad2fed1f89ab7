#include "train/batch.hpp"

#include <algorithm>
#include <vector>

#include "train/packing.hpp"

namespace vio::train {

namespace {

using Codes = std::span<const core::Code>;

Batch padded_batch(std::span<const Codes> sequences, const model::Spec& spec) {
  const auto n = static_cast<std::int64_t>(sequences.size());
  std::size_t length = spec.fixed_window ? static_cast<std::size_t>(spec.window) : 1;
  for (const auto& sequence : sequences) {
    length = std::max(length, sequence.size());
  }
  Batch batch{.codes_nl = torch::full({n, static_cast<std::int64_t>(length)}, spec.alphabet.pad(),
                                      torch::kByte),
              .lengths = torch::empty({n}, torch::kLong),
              .whole = torch::ones({n}, torch::kBool),
              .labels = torch::empty({n}, torch::kLong),
              .packed = std::nullopt};
  auto* codes = batch.codes_nl.data_ptr<std::uint8_t>();
  auto* lengths = batch.lengths.data_ptr<std::int64_t>();
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    std::ranges::copy(sequences[i], codes + i * length);
    lengths[i] = static_cast<std::int64_t>(sequences[i].size());
  }
  return batch;
}

void copy_labels(const Dataset& data, std::span<const std::size_t> rows, Batch& batch) {
  auto* labels = batch.labels.data_ptr<std::int64_t>();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    labels[i] = data.labels[rows[i]];
  }
}

bool worth_packing(std::span<const Codes> sequences, const model::Spec& spec) {
  return !spec.fixed_window && !spec.pooling.over_padding &&
         std::ranges::any_of(sequences, [&](const Codes& sequence) {
           return sequence.size() != sequences.front().size();
         });
}

engine::PackedRows packed_rows(std::span<const Codes> sequences, const model::Spec& spec) {
  std::vector<std::size_t> lengths;
  for (const auto& sequence : sequences) {
    lengths.push_back(sequence.size());
  }
  const auto packing = pack_tightly(lengths, static_cast<std::size_t>(engine::packing_gap(spec)));
  const auto rows = static_cast<std::int64_t>(packing.rows);
  const auto length = static_cast<std::int64_t>(packing.length);
  engine::PackedRows packed{
      .codes_rl = torch::full({rows, length}, spec.alphabet.pad(), torch::kByte),
      .segments_rl = torch::full({rows, length}, -1, torch::kLong)};
  auto* codes = packed.codes_rl.data_ptr<std::uint8_t>();
  auto* segments = packed.segments_rl.data_ptr<std::int64_t>();
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    const auto at = packing.places[i].row * packing.length + packing.places[i].begin;
    std::ranges::copy(sequences[i], codes + at);
    std::fill_n(segments + at, sequences[i].size(), static_cast<std::int64_t>(i));
  }
  return packed;
}

}  // namespace

Batch Batch::to(const torch::Device& device) const {
  Batch there{.codes_nl = codes_nl.to(device),
              .lengths = lengths.to(device),
              .whole = whole.to(device),
              .labels = labels.to(device),
              .packed = packed};
  if (there.packed) {
    there.packed->codes_rl = packed->codes_rl.to(device);
    there.packed->segments_rl = packed->segments_rl.to(device);
  }
  return there;
}

Batch make_batch(const Dataset& data, std::span<const std::size_t> rows, const model::Spec& spec) {
  std::vector<Codes> sequences;
  for (const auto row : rows) {
    sequences.emplace_back(data.sequences[row]);
  }
  auto batch = padded_batch(sequences, spec);
  copy_labels(data, rows, batch);
  return batch;
}

Batch make_training_batch(const Dataset& data, std::span<const std::size_t> rows, int epoch,
                          const model::Spec& spec, const Augmenter& augmenter, bool packs) {
  std::vector<AugmentedRow> augmented;
  for (const auto row : rows) {
    augmented.push_back(augmenter.row(data, row, epoch));
  }
  std::vector<Codes> sequences;
  for (const auto& row : augmented) {
    sequences.emplace_back(row.codes);
  }
  auto batch = padded_batch(sequences, spec);
  copy_labels(data, rows, batch);
  auto* whole = batch.whole.data_ptr<bool>();
  for (std::size_t i = 0; i < augmented.size(); ++i) {
    whole[i] = augmented[i].whole;
  }
  if (packs && worth_packing(sequences, spec)) {
    batch.packed = packed_rows(sequences, spec);
  }
  return batch;
}

}  // namespace vio::train

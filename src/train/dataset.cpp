#include "vio/train/dataset.hpp"

#include <fmt/format.h>

#include "vio/core/error.hpp"

namespace vio::train {

namespace {

void check_length(const Table& table, const Row& row, const model::Spec& spec) {
  if (row.sequence.empty()) {
    throw core::InputError(
        fmt::format("{}, row at {}: the sequence is empty; remove the row or fill it in",
                    table.path, row.place));
  }
  if (spec.fixed_window && row.sequence.size() > static_cast<std::size_t>(spec.window)) {
    throw core::UsageError(fmt::format(
        "{}, row at {}: the sequence has {} positions, but the model takes at most {}; shorten it "
        "or use a spec with a larger window",
        table.path, row.place, row.sequence.size(), spec.window));
  }
}

}  // namespace

Dataset encode_table(const Table& table, const model::Spec& spec) {
  Dataset data;
  data.labels = class_numbers(table, spec.classes);
  data.sequences.reserve(table.rows.size());
  for (const auto& row : table.rows) {
    check_length(table, row, spec);
    std::vector<core::Code> codes(row.sequence.size());
    spec.alphabet.encode(row.sequence, codes);
    data.sequences.push_back(std::move(codes));
  }
  return data;
}

Dataset select_rows(const Dataset& data, std::span<const std::size_t> rows) {
  Dataset selected;
  for (const auto row : rows) {
    selected.sequences.push_back(data.sequences[row]);
    selected.labels.push_back(data.labels[row]);
  }
  return selected;
}

}  // namespace vio::train

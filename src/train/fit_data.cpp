#include "train/fit_data.hpp"

#include "vio/train/split.hpp"

namespace vio::train {

namespace {

/// Moves a stratified fraction of `data` out of it.
Dataset take_part(Dataset& data, double fraction, std::uint32_t seed) {
  if (fraction <= 0) {
    return {};
  }
  const auto split = stratified_split(data.labels, fraction, seed);
  auto taken = select_rows(data, split.test);
  data = select_rows(data, split.train);
  return taken;
}

}  // namespace

Parts make_parts(const Table& table, const model::Spec& spec, const PartOptions& options) {
  Parts parts;
  parts.train = encode_table(table, spec);
  parts.test = take_part(parts.train, options.test_fraction, options.seed);
  parts.validation = take_part(parts.train, options.validation_fraction, options.seed);
  return parts;
}

}  // namespace vio::train

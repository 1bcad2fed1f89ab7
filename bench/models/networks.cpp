#include "models/networks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "vio/core/error.hpp"

namespace vio::bench {

namespace {

constexpr Contender kContenders[] = {
    {"vio", "VIO: gated depthwise convolutions, pooled by mean, maximum and attention",
     train::vio_classifier},
    {"transformer", "Transformer encoder: a token for 4 bp, 2 layers of 4 heads", transformer},
    {"cnn", "CNN: 4 convolutions with maximum pooling, positions added", cnn},
    {"bilstm", "BiLSTM over 3-mers: one layer, 64 units a direction", bilstm}};

}  // namespace

std::span<const Contender> contenders() {
  return kContenders;
}

const Contender& contender(std::string_view name) {
  const auto* const found = std::ranges::find(kContenders, name, &Contender::name);
  if (found == std::end(kContenders)) {
    throw core::UsageError(
        fmt::format("--network takes vio, transformer, cnn or bilstm, not '{}'", name));
  }
  return *found;
}

}  // namespace vio::bench

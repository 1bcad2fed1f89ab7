#include "engine/torch/batched_engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/torch/batch_shape.hpp"
#include "vio/core/error.hpp"

namespace vio::engine {

namespace {

std::vector<std::size_t> places_by_length(std::span<const std::int64_t> lengths) {
  std::vector<std::size_t> places(lengths.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::stable_sort(places.begin(), places.end(),
                   [&](std::size_t a, std::size_t b) { return lengths[a] < lengths[b]; });
  return places;
}

}  // namespace

BatchedEngine::BatchedEngine(std::shared_ptr<const model::Model> model, std::string device,
                             std::size_t batch, std::vector<std::unique_ptr<BatchRunner>> runners)
    : model_(std::move(model)),
      device_(std::move(device)),
      batch_(batch),
      positions_(static_cast<std::int64_t>(batch) * model_->spec.window),
      runners_(std::move(runners)) {}

Work BatchedEngine::score(std::span<const window::Window> windows, std::span<float> probabilities) {
  Work work;
  std::vector<std::int64_t> lengths;
  lengths.reserve(windows.size());
  for (const auto& window : windows) {
    work.positions_requested += static_cast<std::uint64_t>(window.length());
    lengths.push_back(padded_length(model_->spec, window.length()));
  }
  const auto places = places_by_length(lengths);
  for (std::size_t begin = 0; begin < places.size();) {
    const std::int64_t length = lengths[places[begin]];
    std::size_t end = begin;
    while (end < places.size() && lengths[places[end]] == length) {
      ++end;
    }
    const Group group{std::span(places).subspan(begin, end - begin), length};
    work.positions_computed += score_group(group, windows, probabilities);
    begin = end;
  }
  return work;
}

std::size_t BatchedEngine::capacity(std::int64_t length) const {
  return std::clamp(static_cast<std::size_t>(positions_.load() / length), std::size_t{1}, batch_);
}

std::uint64_t BatchedEngine::score_group(Group group, std::span<const window::Window> windows,
                                         std::span<float> probabilities) {
  std::uint64_t computed = 0;
  while (!group.places.empty()) {
    const std::size_t most = capacity(group.length);
    const std::size_t count = std::min(group.places.size(), most);
    const std::size_t rows = padded_rows(count, most);
    try {
      score_rows({group.places.first(count), group.length}, rows, windows, probabilities);
    } catch (const OutOfDeviceMemory&) {
      halve(rows, group.length);
      continue;
    }
    computed += rows * static_cast<std::uint64_t>(group.length);
    group.places = group.places.subspan(count);
  }
  return computed;
}

void BatchedEngine::score_rows(const Group& part, std::size_t rows,
                               std::span<const window::Window> windows,
                               std::span<float> probabilities) {
  const auto runner = runners_.lease();
  fill(runner->input(rows, part.length), part, windows);
  const auto scored = runner->run();
  const std::size_t classes = model_->spec.classes.size();
  for (std::size_t row = 0; row < part.places.size(); ++row) {
    const auto from = scored.subspan(row * classes, classes);
    std::copy(from.begin(), from.end(),
              probabilities.subspan(part.places[row] * classes, classes).begin());
  }
}

void BatchedEngine::fill(const BatchInput& input, const Group& part,
                         std::span<const window::Window> windows) const {
  const auto& alphabet = model_->spec.alphabet;
  std::fill(input.codes.begin(), input.codes.end(), alphabet.pad());
  std::fill(input.lengths.begin(), input.lengths.end(), std::int64_t{1});
  std::fill(input.whole.begin(), input.whole.end(), false);
  const auto length = static_cast<std::size_t>(part.length);
  for (std::size_t row = 0; row < part.places.size(); ++row) {
    const auto& window = windows[part.places[row]];
    if (window.length() < 1 || window.length() > part.length) {
      throw core::InternalError(
          fmt::format("the torch engine was given a window of {} positions where 1 to {} fit: this "
                      "is a bug, please report it",
                      window.length(), part.length));
    }
    window::materialize(window, alphabet, input.codes.subspan(row * length, length));
    input.lengths[row] = window.length();
    input.whole[row] = window.whole;
  }
}

void BatchedEngine::halve(std::size_t rows, std::int64_t length) {
  if (rows == 1) {
    throw core::DeviceError(
        fmt::format("device {} has not enough free memory for a single window of {} positions: "
                    "free some of it or use --device cpu",
                    device_, length));
  }
  // Another thread may have found a smaller size meanwhile.
  const std::int64_t fits = static_cast<std::int64_t>(rows / 2) * length;
  std::int64_t known = positions_.load();
  while (fits < known && !positions_.compare_exchange_weak(known, fits)) {
  }
}

}  // namespace vio::engine

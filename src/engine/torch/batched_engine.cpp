#include "engine/torch/batched_engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/torch/batch_shape.hpp"
#include "vio/core/error.hpp"

namespace vio::engine {

namespace {

/// Places in the batch and their padded lengths, the shortest first.
using Padded = std::pair<std::int64_t, std::size_t>;

std::vector<Padded> by_length(std::span<const std::size_t> places,
                              std::span<const window::Window> windows, const model::Spec& spec) {
  std::vector<Padded> padded;
  padded.reserve(places.size());
  for (const auto place : places) {
    padded.emplace_back(padded_length(spec, windows[place].length()), place);
  }
  std::ranges::sort(padded);
  return padded;
}

}  // namespace

BatchedEngine::BatchedEngine(std::shared_ptr<const model::Model> model, std::string device,
                             std::size_t batch, std::vector<std::unique_ptr<BatchRunner>> runners)
    : model_(std::move(model)),
      planner_(model_->spec),
      words_(model_),
      device_(std::move(device)),
      batch_(batch),
      positions_(static_cast<std::int64_t>(batch) * model_->spec.window),
      runners_(std::move(runners)) {}

Work BatchedEngine::score(std::span<const window::Window> windows, std::span<float> probabilities) {
  Work work;
  for (const auto& window : windows) {
    work.positions_requested += static_cast<std::uint64_t>(window.length());
  }
  std::vector<std::size_t> alone;
  work.positions_computed += score_shared(windows, probabilities, alone);
  work.positions_computed += score_alone(alone, windows, probabilities);
  words_.add(windows, probabilities);
  return work;
}

std::uint64_t BatchedEngine::score_shared(std::span<const window::Window> windows,
                                          std::span<float> probabilities,
                                          std::vector<std::size_t>& alone) {
  const auto plan = planner_.plan(windows, positions_.load());
  SharedLayout layout(planner_, model_->spec);
  std::uint64_t computed = 0;
  for (const auto& run : plan.runs) {
    const auto placements = std::span(plan.placements).subspan(run.first, run.last - run.first);
    if (run.alone) {
      alone.push_back(placements.front().window);
      continue;
    }
    layout.add(run, placements, windows);
    if (layout.size() >= positions_.load()) {
      computed += score_layout(layout, probabilities, alone);
    }
  }
  return computed + (layout.empty() ? 0 : score_layout(layout, probabilities, alone));
}

std::uint64_t BatchedEngine::score_layout(SharedLayout& layout, std::span<float> probabilities,
                                          std::vector<std::size_t>& alone) {
  const auto size = layout.size();
  const auto batch = layout.finish();
  try {
    const auto runner = runners_.lease();
    put(runner->run(batch), batch.windows, probabilities);
    return batch.positions_computed;
  } catch (const OutOfDeviceMemory&) {
    remember(std::max<std::int64_t>(1, size / 2));
    alone.insert(alone.end(), batch.windows.begin(), batch.windows.end());
    return 0;
  }
}

std::uint64_t BatchedEngine::score_alone(std::span<const std::size_t> alone,
                                         std::span<const window::Window> windows,
                                         std::span<float> probabilities) {
  const auto padded = by_length(alone, windows, model_->spec);
  std::vector<std::size_t> places(padded.size());
  std::ranges::transform(padded, places.begin(), &Padded::second);
  std::uint64_t computed = 0;
  for (std::size_t begin = 0; begin < padded.size();) {
    const std::int64_t length = padded[begin].first;
    std::size_t end = begin;
    while (end < padded.size() && padded[end].first == length) {
      ++end;
    }
    const Group group{std::span(places).subspan(begin, end - begin), length};
    computed += score_group(group, windows, probabilities);
    begin = end;
  }
  return computed;
}

void BatchedEngine::put(std::span<const float> scored, std::span<const std::size_t> places,
                        std::span<float> probabilities) const {
  const std::size_t classes = model_->spec.classes.size();
  for (std::size_t row = 0; row < places.size(); ++row) {
    const auto from = scored.subspan(row * classes, classes);
    std::ranges::copy(from, probabilities.subspan(places[row] * classes, classes).begin());
  }
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
  put(runner->run(), part.places, probabilities);
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
  remember(static_cast<std::int64_t>(rows / 2) * length);
}

void BatchedEngine::remember(std::int64_t positions) {
  // Another thread may have found a smaller size meanwhile.
  std::int64_t known = positions_.load();
  while (positions < known && !positions_.compare_exchange_weak(known, positions)) {
  }
}

}  // namespace vio::engine

#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "engine/torch/batch_runner.hpp"
#include "engine/torch/runner_pool.hpp"
#include "engine/window_words.hpp"
#include "vio/engine/engine.hpp"

namespace vio::engine {

/// Scores batches on a device that likes them large. Windows that overlap share work; the others,
/// of similar length, share a padded batch. As many batches are in flight as there are runners, and
/// a batch that does not fit the device's memory is halved until it does. The size that fits is
/// remembered.
class BatchedEngine final : public Engine {
 public:
  /// `batch`: windows of spec.window positions in a batch, at least 1; longer windows make smaller
  /// batches. `runners` must not be empty.
  BatchedEngine(std::shared_ptr<const model::Model> model, std::string device, std::size_t batch,
                std::vector<std::unique_ptr<BatchRunner>> runners);

  [[nodiscard]] std::string_view name() const noexcept override { return "torch"; }
  [[nodiscard]] std::string device() const override { return device_; }
  [[nodiscard]] std::size_t preferred_batch() const noexcept override { return batch_; }
  Work score(std::span<const window::Window> windows, std::span<float> probabilities) override;

 private:
  /// Windows of one padded length, as places in the batch given to score().
  struct Group {
    std::span<const std::size_t> places;
    std::int64_t length = 0;
  };

  /// Scores runs of several windows and returns positions computed. Windows that share nothing, or
  /// whose shared batch did not fit, are added to `alone`.
  [[nodiscard]] std::uint64_t score_shared(std::span<const window::Window> windows,
                                           std::span<float> probabilities,
                                           std::vector<std::size_t>& alone);
  [[nodiscard]] std::uint64_t score_layout(SharedLayout& layout, std::span<float> probabilities,
                                           std::vector<std::size_t>& alone);
  [[nodiscard]] std::uint64_t score_alone(std::span<const std::size_t> alone,
                                          std::span<const window::Window> windows,
                                          std::span<float> probabilities);
  /// Writes the rows of `scored` to those of the windows at `places`.
  void put(std::span<const float> scored, std::span<const std::size_t> places,
           std::span<float> probabilities) const;
  [[nodiscard]] std::size_t capacity(std::int64_t length) const;
  [[nodiscard]] std::uint64_t score_group(Group group, std::span<const window::Window> windows,
                                          std::span<float> probabilities);
  void score_rows(const Group& part, std::size_t rows, std::span<const window::Window> windows,
                  std::span<float> probabilities);
  void fill(const BatchInput& input, const Group& part,
            std::span<const window::Window> windows) const;
  void halve(std::size_t rows, std::int64_t length);
  /// Batches of more positions do not fit.
  void remember(std::int64_t positions);

  std::shared_ptr<const model::Model> model_;
  Planner planner_;
  WindowWords words_;
  std::string device_;
  std::size_t batch_;
  std::atomic<std::int64_t> positions_;  ///< that a batch may hold
  RunnerPool runners_;
};

}  // namespace vio::engine

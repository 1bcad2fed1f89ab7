#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "engine/torch/shared_batch.hpp"
#include "vio/core/alphabet.hpp"
#include "vio/model/model.hpp"

namespace vio::engine {

/// A batch did not fit the device's memory: fewer rows may.
class OutOfDeviceMemory : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Where a padded batch is written before it is run, row-major.
struct BatchInput {
  std::span<core::Code> codes;      ///< [rows, length]
  std::span<std::int64_t> lengths;  ///< [rows], real positions, at least 1
  std::span<bool> whole;            ///< [rows]
};

/// Runs one batch at a time on a device: host buffers, a stream and a shared network. For
/// one thread at a time; several runners run side by side.
class BatchRunner {
 public:
  BatchRunner() = default;
  BatchRunner(const BatchRunner&) = delete;
  BatchRunner& operator=(const BatchRunner&) = delete;
  virtual ~BatchRunner() = default;

  /// Host buffers of a batch of this shape, to be filled wholly before run(); valid until the next
  /// call.
  virtual BatchInput input(std::size_t rows, std::int64_t length) = 0;

  /// Scores what input() holds and returns probabilities [rows, classes], row-major, valid until
  /// the next call. Throws OutOfDeviceMemory, core::DeviceError, core::InternalError.
  virtual std::span<const float> run() = 0;

  /// Scores windows that share work: probabilities [n_windows, classes]; otherwise as run().
  virtual std::span<const float> run(const SharedBatch& batch) = 0;
};

/// `count` runners that share one copy of the model on `device` (`cpu`, `cuda:0`).
[[nodiscard]] std::vector<std::unique_ptr<BatchRunner>> make_batch_runners(
    const model::Model& model, const std::string& device, std::size_t count);

}  // namespace vio::engine

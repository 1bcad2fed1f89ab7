#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>
#include <c10/core/StreamGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <optional>
#include <utility>

#include "engine/torch/batch_runner.hpp"
#include "engine/torch/errors.hpp"
#include "engine/torch/host.hpp"
#include "engine/torch/load_network.hpp"

namespace vio::engine {

namespace {

using torch::Tensor;

/// A stream of the runner's own, so that its copies overlap with other runners' kernels. The CPU
/// has none.
std::optional<c10::Stream> new_stream(const torch::Device& device) {
  if (device.is_cpu()) {
    return std::nullopt;
  }
  return c10::impl::VirtualGuardImpl(device.type()).getStreamFromGlobalPool(device);
}

class TorchRunner final : public BatchRunner {
 public:
  TorchRunner(Network network, const torch::Device& device)
      : network_(std::move(network)), device_(device), stream_(new_stream(device)) {}

  BatchInput input(std::size_t rows, std::int64_t length) override {
    return explained(device_, [&] {
      const auto count = static_cast<std::int64_t>(rows);
      codes_ = host_tensor(std::move(codes_), {count, length}, torch::kByte);
      lengths_ = host_tensor(std::move(lengths_), {count}, torch::kLong);
      whole_ = host_tensor(std::move(whole_), {count}, torch::kBool);
      return BatchInput{{codes_.data_ptr<std::uint8_t>(), rows * static_cast<std::size_t>(length)},
                        {lengths_.data_ptr<std::int64_t>(), rows},
                        {whole_.data_ptr<bool>(), rows}};
    });
  }

  std::span<const float> run() override {
    return score([&] {
      return network_->forward(to_device(codes_), to_device(lengths_), to_device(whole_));
    });
  }

  std::span<const float> run(const SharedBatch& batch) override {
    return score([&] {
      return network_->forward_shared(shared_rows(batch), copied(batch.lengths),
                                      copied(batch.whole).to(torch::kBool));
    });
  }

 private:
  /// Probabilities of the logits that `forward` makes in the runner's stream.
  template <typename Forward>
  std::span<const float> score(Forward forward) {
    return explained(device_, [&] {
      use_one_thread_here();
      const c10::InferenceMode no_autograd;
      c10::OptionalStreamGuard guard;
      if (stream_) {
        guard.reset_stream(*stream_);
      }
      const Tensor scored = forward().softmax(1);
      probabilities_ = host_tensor(std::move(probabilities_), scored.sizes(), torch::kFloat);
      probabilities_.copy_(scored, /*non_blocking=*/true);
      if (stream_) {
        stream_->synchronize();
      }
      return std::span<const float>(probabilities_.data_ptr<float>(),
                                    static_cast<std::size_t>(probabilities_.numel()));
    });
  }

  /// On the device. The CPU's views `values`, which must outlive it.
  template <typename Value>
  [[nodiscard]] Tensor copied(const std::vector<Value>& values) const {
    // from_blob wants a mutable pointer, but nothing here writes.
    auto* const data = const_cast<Value*>(values.data());
    const Tensor host = torch::from_blob(data, {static_cast<std::int64_t>(values.size())},
                                         c10::CppTypeToScalarType<Value>::value);
    return device_.is_cuda() ? to_device(host.pin_memory()) : host.to(device_);
  }

  [[nodiscard]] SharedRows shared_rows(const SharedBatch& batch) const {
    SharedRows rows{.codes_p = copied(batch.codes),
                    .block = SharedBatch::kBlock,
                    .regions = {},
                    .members = copied(batch.members),
                    .offsets = copied(batch.offsets)};
    for (const auto& regions : batch.regions) {
      const auto columns = static_cast<std::int64_t>(regions.lengths.size());
      rows.regions.push_back({.before = regions.before,
                              .after = regions.after,
                              .longest = regions.longest,
                              .codes_wk = copied(regions.codes).view({-1, columns}),
                              .places_wk = copied(regions.places).view({-1, columns}),
                              .lengths_k = copied(regions.lengths)});
    }
    return rows;
  }

  /// `old` where its shape fits, else a new one; pinned where there is a GPU to copy to.
  [[nodiscard]] Tensor host_tensor(Tensor old, at::IntArrayRef shape, at::ScalarType type) const {
    if (old.defined() && old.sizes() == shape) {
      return old;
    }
    const c10::InferenceMode no_autograd;
    return torch::empty(shape, torch::TensorOptions(type).pinned_memory(device_.is_cuda()));
  }

  [[nodiscard]] Tensor to_device(const Tensor& host) const {
    return host.to(device_, host.scalar_type(), /*non_blocking=*/true);
  }

  Network network_;
  torch::Device device_;
  std::optional<c10::Stream> stream_;
  Tensor codes_;
  Tensor lengths_;
  Tensor whole_;
  Tensor probabilities_;
};

}  // namespace

std::vector<std::unique_ptr<BatchRunner>> make_batch_runners(const model::Model& model,
                                                             const std::string& device,
                                                             std::size_t count) {
  const torch::Device where(device);
  return explained(where, [&] {
    const Network network = load_network(model, where);
    if (!where.is_cpu()) {
      // The weights were written on the default stream, which the runners' streams do not wait for.
      c10::impl::VirtualGuardImpl(where.type()).getStream(where).synchronize();
    }
    std::vector<std::unique_ptr<BatchRunner>> runners;
    for (std::size_t i = 0; i < count; ++i) {
      runners.push_back(std::make_unique<TorchRunner>(network, where));
    }
    return runners;
  });
}

}  // namespace vio::engine

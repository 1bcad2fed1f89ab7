#include "engine/torch/depthwise.hpp"

#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/conv2d.h>

namespace vio::engine {

torch::Tensor depthwise(const torch::Tensor& x_lnc, const torch::Tensor& weight,
                        const torch::Tensor& bias, std::int64_t dilation) {
  const auto length = x_lnc.size(0);
  const auto rows = x_lnc.size(1);
  const auto channels = x_lnc.size(2);
  const auto kernel = weight.size(2);
  const auto missing = (dilation - length % dilation) % dilation;
  const auto padded =
      missing == 0 ? x_lnc.contiguous() : at::constant_pad_nd(x_lnc, {0, 0, 0, 0, 0, missing});

  // Positions that a tap apart are dilation apart become neighbours along the second dimension.
  const auto image = padded.view({1, (length + missing) / dilation, dilation * rows, channels})
                         .permute({0, 3, 1, 2});
  const auto taps =
      weight.view({channels, 1, kernel, 1}).contiguous(at::MemoryFormat::ChannelsLast);
  const auto convolved = at::conv2d(image, taps, bias, /*stride=*/1,
                                    /*padding=*/{kernel / 2, 0}, /*dilation=*/1, channels);
  return convolved.permute({0, 2, 3, 1})
      .reshape({length + missing, rows, channels})
      .narrow(0, 0, length);
}

}  // namespace vio::engine

#pragma once

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <vector>

#include "vio/engine/engine.hpp"

namespace vio::test {

/// Scores by counting bases, so that every window's right answer is known; can be made to fail.
class CountingEngine final : public engine::Engine {
 public:
  std::string_view name() const noexcept override { return "counting"; }
  std::string device() const override { return "cpu"; }
  std::size_t preferred_batch() const noexcept override { return 4; }

  engine::Work score(std::span<const window::Window> windows, std::span<float> out) override {
    if (calls_++ == fail_at_call) {
      throw std::runtime_error("injected failure");
    }
    engine::Work work;
    for (std::size_t i = 0; i < windows.size(); ++i) {
      std::vector<core::Code> codes(static_cast<std::size_t>(windows[i].length()));
      window::materialize(windows[i], core::Alphabet::dna(), codes);
      const auto a = std::count(codes.begin(), codes.end(), core::Code{0});
      out[2 * i] = static_cast<float>(a) / static_cast<float>(codes.size());
      out[2 * i + 1] = 1 - out[2 * i];
      work.positions_requested += codes.size();
      work.positions_computed += codes.size();
    }
    return work;
  }

  int fail_at_call = -1;

 private:
  std::atomic<int> calls_ = 0;
};

}  // namespace vio::test

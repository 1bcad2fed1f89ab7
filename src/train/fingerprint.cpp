#include "train/fingerprint.hpp"

#include <fmt/format.h>

#include <bit>

namespace vio::train {

namespace {

constexpr std::uint64_t kPrime = 0x100000001B3U;

}  // namespace

void Fingerprint::add(std::uint64_t value) {
  for (int byte = 0; byte < 8; ++byte, value >>= 8U) {
    state_ = (state_ ^ (value & 0xFFU)) * kPrime;
  }
}

void Fingerprint::add(const Dataset& data) {
  add(data.size());
  for (std::size_t row = 0; row < data.size(); ++row) {
    add(static_cast<std::uint64_t>(data.labels[row]));
    add(data.sequences[row].size());
    for (const auto code : data.sequences[row]) {
      state_ = (state_ ^ code) * kPrime;
    }
  }
}

void Fingerprint::add(std::span<const float> values) {
  add(values.size());
  for (const float value : values) {
    add(std::uint64_t{std::bit_cast<std::uint32_t>(value)});
  }
}

std::string Fingerprint::text() const {
  return fmt::format("{:016x}", state_);
}

std::string fingerprint(const Dataset& data) {
  Fingerprint result;
  result.add(data);
  return result.text();
}

}  // namespace vio::train

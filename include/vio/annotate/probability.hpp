#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace vio::annotate {

/// A probability in millionths, rounded to nearest: what is printed, and what labels are chosen
/// from, so that a label can always be checked against its row.
using Millionths = std::int32_t;

[[nodiscard]] Millionths to_millionths(double probability) noexcept;

/// Six decimals: 1234567 becomes `1.234567`; never a negative zero.
void append_millionths(std::string& out, Millionths value);

/// Index of the largest value; ties go to the first.
[[nodiscard]] std::size_t top_class(std::span<const Millionths> probabilities) noexcept;

/// Shannon entropy in bits, in millionths of a bit.
[[nodiscard]] std::int64_t entropy_millionths(std::span<const double> probabilities) noexcept;

}  // namespace vio::annotate

#pragma once

#include <cstdint>
#include <string>

namespace vio::core {

/// A stretch of one contig, 0-based and half-open: `{"chr1", 2, 4}` is the 3rd and 4th base.
/// 1-based coordinates exist only where a format is parsed or printed.
struct GenomicInterval {
  std::string contig;
  std::int64_t begin = 0;
  std::int64_t end = 0;

  [[nodiscard]] std::int64_t length() const noexcept { return end - begin; }
  bool operator==(const GenomicInterval&) const = default;
};

}  // namespace vio::core

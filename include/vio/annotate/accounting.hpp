#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "vio/core/status.hpp"

namespace vio::annotate {

/// How many of a kind were read, and how each ended.
struct Tally {
  std::uint64_t read = 0;                                   ///< counted where they enter
  std::uint64_t scored = 0;                                 ///< counted where they leave
  std::array<std::uint64_t, core::kStatusCount> skipped{};  ///< by reason, likewise

  /// Counts one that leaves.
  void add(core::Status status) noexcept;
  [[nodiscard]] std::uint64_t skipped_total() const noexcept;
  /// Of those that left; 0 where none did.
  [[nodiscard]] double skipped_fraction() const noexcept;
};

/// A record as a shard has seen it: one that spans shards is counted in each of them.
struct CountedRecord {
  std::uint64_t ordinal = 0;  ///< in the order of the whole input
  core::Status status = core::Status::ok;

  bool operator==(const CountedRecord&) const = default;
};

struct Accounting {
  Tally records;
  Tally alleles;  ///< of variants: every ALT, and one of a record without any
  Tally windows;
};

/// Throws core::InternalError unless everything that entered has left, scored or for one named
/// reason: a lost row must never look like success.
void check_balance(const Accounting& accounting);

}  // namespace vio::annotate

#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_set>

namespace vio::sink {

/// Makes sure that what is written can be indexed: each contig's lines stand together, by where
/// they begin.
class SortCheck {
 public:
  /// How the kind of file speaks of its lines.
  struct Wording {
    const char* advice;      ///< what to do, such as `sort the input`
    std::int64_t first = 0;  ///< how a file of this kind writes a contig's first position
  };

  explicit SortCheck(const Wording& wording) : wording_(wording) {}

  /// Takes the next line's place, 0-based. Throws core::InputError where the line is out of order.
  void note(std::string_view contig, std::int64_t start, std::int64_t end);

  [[nodiscard]] std::int64_t largest_end() const noexcept { return largest_end_; }

 private:
  static constexpr auto kNothingYet = std::numeric_limits<std::int64_t>::min();

  Wording wording_;
  std::unordered_set<std::string> finished_contigs_;
  std::string contig_;
  std::int64_t last_start_ = kNothingYet;
  std::int64_t largest_end_ = 0;
};

}  // namespace vio::sink

#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "vio/annotate/variant_row.hpp"

namespace vio::annotate {

/// Where no ALT of a record was scored, only its statuses are written.
inline bool has_scores(const VariantRow& row) noexcept {
  return std::ranges::any_of(row.alts,
                             [](const AlleleScore& alt) { return alt.status == core::Status::ok; });
}

inline std::string joined(const std::vector<std::string>& parts, char separator) {
  std::string text;
  for (const auto& part : parts) {
    if (!text.empty()) {
      text += separator;
    }
    text += part;
  }
  return text;
}

/// One entry an ALT, by commas: `text_of` a scored one, `.` for the others.
template <typename TextOf>
std::string text_by_alt(const VariantRow& row, const TextOf& text_of) {
  std::vector<std::string> entries;
  for (const auto& alt : row.alts) {
    entries.push_back(alt.status == core::Status::ok ? text_of(alt) : ".");
  }
  return joined(entries, ',');
}

}  // namespace vio::annotate

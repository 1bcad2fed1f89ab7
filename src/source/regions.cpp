#include "source/regions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

#include "vio/core/error.hpp"

namespace vio::source {

namespace {

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

/// True where the comma at `at` groups the digits of a coordinate.
bool is_thousands_separator(std::string_view text, std::size_t at, std::size_t colon) noexcept {
  constexpr std::size_t kGroup = 3;
  if (colon == std::string_view::npos || at <= colon + 1 || !is_digit(text[at - 1])) return false;
  const auto group = text.substr(at + 1, kGroup);
  if (group.size() < kGroup || !std::all_of(group.begin(), group.end(), is_digit)) return false;
  const std::size_t next = at + 1 + kGroup;
  return next == text.size() || text[next] == ',' || text[next] == '-';
}

std::vector<std::string_view> split_list(std::string_view text) {
  std::vector<std::string_view> items;
  std::size_t begin = 0;
  std::size_t colon = std::string_view::npos;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') quoted = true;
    if (text[i] == '}') quoted = false;
    if (text[i] == ':') colon = i;
    if (text[i] != ',' || quoted || is_thousands_separator(text, i, colon)) continue;
    items.push_back(text.substr(begin, i - begin));
    begin = i + 1;
    colon = std::string_view::npos;
  }
  items.push_back(text.substr(begin));
  return items;
}

struct Range {
  std::int64_t begin = 0;
  std::int64_t end = kOpenEnd;
};

std::optional<std::int64_t> parse_coordinate(std::string_view text) {
  std::string digits(text);
  std::erase(digits, ',');
  std::int64_t value = 0;
  const auto* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  const bool whole =
      error == std::errc() && stop == end && is_digit(digits.front()) && value <= kMaxCoordinate;
  return whole ? std::optional(value) : std::nullopt;
}

/// `from-to`, `from-`, `from` or `-to`; nothing where the text is none of them.
std::optional<Range> parse_range(std::string_view text, std::string_view region,
                                 LonePosition lone) {
  const auto hyphen = text.find('-');
  const auto from_text = text.substr(0, hyphen);
  const auto to_text = hyphen == std::string_view::npos ? "" : text.substr(hyphen + 1);
  if (from_text.empty() && to_text.empty()) return std::nullopt;
  const auto from = from_text.empty() ? 1 : parse_coordinate(from_text);
  const auto to = to_text.empty() ? kOpenEnd : parse_coordinate(to_text);
  if (!from || !to) return std::nullopt;
  if (*from < 1 || *to < *from) {
    throw core::UsageError(fmt::format(
        "region {} is not possible: positions count from 1, and the first must not exceed the "
        "last; write it as contig:from-to.",
        region));
  }
  const bool one = hyphen == std::string_view::npos && lone == LonePosition::alone;
  return Range{*from - 1, one ? *from : *to};
}

Region parse_region(std::string_view text, LonePosition lone) {
  const auto fail = [&] {
    throw core::UsageError(fmt::format(
        "region `{}` cannot be read; write contig, contig:from-to or {{contig}}:from-to.", text));
  };
  if (text.empty()) fail();
  if (text.front() == '{') {
    const auto close = text.find('}');
    if (close == std::string_view::npos || close == 1) fail();
    const std::string contig(text.substr(1, close - 1));
    const auto rest = text.substr(close + 1);
    if (rest.empty()) return {.interval = {contig, 0, kOpenEnd}};
    const auto range = rest.front() == ':' ? parse_range(rest.substr(1), text, lone) : std::nullopt;
    if (!range) fail();
    return {.interval = {contig, range->begin, range->end}};
  }
  const auto colon = text.rfind(':');
  if (colon != std::string_view::npos && colon > 0) {
    if (const auto range = parse_range(text.substr(colon + 1), text, lone)) {
      return {.interval = {std::string(text.substr(0, colon)), range->begin, range->end},
              .whole_name = std::string(text)};
    }
  }
  return {.interval = {std::string(text), 0, kOpenEnd}};
}

}  // namespace

std::vector<Region> parse_regions(std::string_view text, LonePosition lone) {
  std::vector<Region> regions;
  for (const auto item : split_list(text)) regions.push_back(parse_region(item, lone));
  return regions;
}

std::string region_label(const core::GenomicInterval& interval) {
  if (interval.end != kOpenEnd) {
    return fmt::format("{}:{}-{}", interval.contig, interval.begin + 1, interval.end);
  }
  return interval.begin == 0 ? interval.contig
                             : fmt::format("{}:{}-", interval.contig, interval.begin + 1);
}

bool is_out_of_range(const core::GenomicInterval& interval, std::int64_t length) {
  if (interval.begin == 0) return false;
  return interval.length() == 0 ? interval.begin > length : interval.begin >= length;
}

}  // namespace vio::source

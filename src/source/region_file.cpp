#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "source/regions.hpp"
#include "source/text_reader.hpp"
#include "vio/core/error.hpp"

namespace vio::source {

namespace {

constexpr std::size_t kLineLimit = 1 << 20;  // bytes

bool is_bed(std::string_view path) noexcept {
  return path.ends_with(".bed") || path.ends_with(".bed.gz") || path.ends_with(".bed.bgz");
}

/// Columns separated by tabs, or by blanks in a line without any tab.
std::vector<std::string_view> split_columns(std::string_view line) {
  const bool tabbed = line.find('\t') != std::string_view::npos;
  std::vector<std::string_view> columns;
  for (std::size_t begin = 0; begin <= line.size();) {
    const auto end = std::min(line.find(tabbed ? '\t' : ' ', begin), line.size());
    if (tabbed || end > begin) columns.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return columns;
}

bool is_comment(std::string_view line, bool bed) {
  const auto names = [&](std::string_view word) {
    return line.starts_with(word) &&
           (line.size() == word.size() || line[word.size()] == ' ' || line[word.size()] == '\t');
  };
  return line.find_first_not_of(" \t") == std::string_view::npos || line.front() == '#' ||
         (bed && (names("track") || names("browser")));
}

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && stop == text.data() + text.size() && !text.empty() &&
                     value <= kMaxCoordinate;
  return whole ? std::optional(value) : std::nullopt;
}

/// Nothing where the line is no interval.
std::optional<core::GenomicInterval> parse_line(std::string_view line, bool bed) {
  const auto columns = split_columns(line);
  if (columns.size() < (bed ? 3U : 2U) || columns[0].empty()) return std::nullopt;
  const auto from = parse_number(columns[1]);
  const auto to = columns.size() > 2 ? parse_number(columns[2]) : from;
  if (!from || !to) return std::nullopt;
  const std::int64_t begin = bed ? *from : *from - 1;
  if (*from < (bed ? 0 : 1) || *to < *from) return std::nullopt;
  return core::GenomicInterval{std::string(columns[0]), begin, *to};
}

}  // namespace

std::vector<Region> read_regions(const std::string& path) {
  hts::ByteReaderOptions options;
  options.path = path;
  TextReader text(options);
  text.skip_byte_order_mark();
  const bool bed = is_bed(path);
  std::vector<Region> regions;
  for (std::uint64_t number = 1; text.peek() >= 0; ++number) {
    const std::string line = text.line(kLineLimit);
    if (is_comment(line, bed)) continue;
    auto interval = parse_line(line, bed);
    if (!interval) {
      throw core::InputError(fmt::format(
          "{}: line {} is no interval; expected {}.", text.name(), number,
          bed ? "the BED columns contig, start and end with 0 <= start <= end (0-based, half-open)"
              : "the columns contig, from and to with 1 <= from <= to (1-based, both included; a "
                "file in BED coordinates must be named .bed)"));
    }
    regions.push_back({.interval = std::move(*interval)});
  }
  if (regions.empty()) {
    throw core::InputError(fmt::format(
        "{} holds no interval; check the step that should have written it.", text.name()));
  }
  return regions;
}

}  // namespace vio::source

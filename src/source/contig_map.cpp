#include <fmt/format.h>

#include <sstream>

#include "source/text_reader.hpp"
#include "vio/core/error.hpp"
#include "vio/source/contig_names.hpp"

namespace vio::source {

namespace {

constexpr std::size_t kLineLimit = 1 << 20;  // bytes

std::vector<std::string> split_columns(const std::string& line) {
  std::istringstream text(line);
  std::vector<std::string> columns;
  for (std::string column; text >> column;) columns.push_back(column);
  return columns;
}

}  // namespace

ContigMap read_contig_map(const std::string& path) {
  hts::ByteReaderOptions options;
  options.path = path;
  TextReader text(options);
  text.skip_byte_order_mark();
  ContigMap map;
  for (std::uint64_t number = 1; text.peek() >= 0; ++number) {
    const auto line = text.line(kLineLimit);
    const auto columns = split_columns(line);
    // At the beginning only: names such as `GRCh38#0#chr1` have it within.
    if (columns.empty() || columns[0].starts_with('#')) continue;
    if (columns.size() != 2) {
      throw core::InputError(fmt::format(
          "{}: line {} has {} columns; expected two, the contig of the variants and the "
          "contig of the reference.",
          text.name(), number, columns.size()));
    }
    if (!map.emplace(columns[0], columns[1]).second) {
      throw core::InputError(
          fmt::format("{}: line {} gives contig {} a second time; keep one of the lines.",
                      text.name(), number, columns[0]));
    }
  }
  if (map.empty()) {
    throw core::InputError(
        fmt::format("{} names no contig; write one a line: the contig of the variants, a tab, the "
                    "contig of the "
                    "reference.",
                    text.name()));
  }
  return map;
}

}  // namespace vio::source

#include "hts/vcf_line.hpp"

#include <algorithm>
#include <array>

namespace vio::hts {

namespace {

constexpr std::size_t kColumns = 8;

void check_columns(std::string_view line) {
  if (line.find_first_not_of(" \t") == std::string_view::npos)
    throw LineFault{"it is a blank line"};
  if (line.find('\0') != std::string_view::npos) throw LineFault{"it holds a zero byte"};
  std::array<std::string_view, kColumns> columns;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < kColumns; ++i) {
    if (begin > line.size()) throw LineFault{"it has fewer than the 8 columns of VCF"};
    const auto end = std::min(line.find('\t', begin), line.size());
    columns.at(i) = line.substr(begin, end - begin);
    begin = end + 1;
  }
  const auto& [contig, position, id, ref, alt, quality, filter, info] = columns;
  if (contig.empty()) throw LineFault{"its contig is empty"};
  const auto is_digit = [](char symbol) { return symbol >= '0' && symbol <= '9'; };
  if (position.empty() || !std::all_of(position.begin(), position.end(), is_digit)) {
    throw LineFault{"its position is no whole number from 0 on"};
  }
  if (ref.empty() || alt.empty()) throw LineFault{"its REF or ALT is empty"};
}

}  // namespace

int parse_vcf_line(KString& line, const VariantHeader& header, bcf1_t* record) {
  check_columns(line.view());
  return vcf_parse(line.get(), header.handle(), record) < 0 ? kMalformed : 0;
}

}  // namespace vio::hts

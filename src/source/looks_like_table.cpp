#include <algorithm>

#include "vio/source/csv.hpp"
#include "vio/source/table_source.hpp"

namespace vio::source {

namespace {

constexpr std::size_t kLookedAt = 1U << 16U;  // bytes

/// No text: pictures and other binary files hold commas too.
bool is_binary(char byte) noexcept {
  constexpr unsigned char kFirstPrintable = 0x20;
  constexpr unsigned char kDelete = 0x7f;
  const auto c = static_cast<unsigned char>(byte);
  return (c < kFirstPrintable && c != '\t' && c != '\r') || c == kDelete;
}

}  // namespace

bool looks_like_table(const hts::Input& input) {
  const auto start = input.peek(kLookedAt);
  auto line = std::string_view(start).substr(csv_preamble(start));
  line = line.substr(0, line.find('\n'));
  const auto first = line.find_first_not_of(" \t\r");
  // FASTA, FASTQ, and HTML, which all have messages of their own.
  if (first == std::string_view::npos ||
      std::string_view(">@<").find(line[first]) != std::string_view::npos)
    return false;
  return line.find_first_of(",\t") != std::string_view::npos &&
         std::none_of(line.begin(), line.end(), is_binary);
}

}  // namespace vio::source

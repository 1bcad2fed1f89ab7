#include <algorithm>
#include <array>

#include "vio/stats/reports.hpp"

namespace vio::stats {

namespace {

template <std::size_t N>
void drop_suffix(std::string_view& name, const std::array<std::string_view, N>& suffixes) {
  const auto found = std::ranges::find_if(suffixes, [&](std::string_view suffix) {
    return name.size() > suffix.size() && name.ends_with(suffix);
  });
  if (found != suffixes.end()) name.remove_suffix(found->size());
}

}  // namespace

std::string sample_name(std::string_view path) {
  if (path == "-") return {};
  constexpr std::array<std::string_view, 3> kCompressions{".gz", ".bgz", ".bgzf"};
  constexpr std::array<std::string_view, 14> kFormats{".fasta", ".fastq", ".fa",   ".fna", ".fq",
                                                      ".vcf",   ".bcf",   ".sam",  ".bam", ".cram",
                                                      ".csv",   ".tsv",   ".json", ".txt"};
  auto name = path.substr(path.rfind('/') + 1);
  drop_suffix(name, kCompressions);
  drop_suffix(name, kFormats);
  return std::string(name);
}

}  // namespace vio::stats

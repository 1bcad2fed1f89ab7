#include "vio/source/contig_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "vio/core/error.hpp"

namespace vio::source {

namespace {

constexpr std::string_view kPrefix = "chr";
constexpr std::array<std::string_view, 4> kMitochondrion{"chrM", "MT", "M", "chrMT"};

}  // namespace

std::vector<std::string> contig_aliases(std::string_view contig) {
  std::vector<std::string> aliases;
  const auto add = [&](std::string name) {
    const bool known = std::find(aliases.begin(), aliases.end(), name) != aliases.end();
    if (!known && name != contig && !name.empty()) aliases.push_back(std::move(name));
  };
  // The prefix first: hg19 has both a chrM and a chrMT, which are not the same sequence.
  add(contig.starts_with(kPrefix) ? std::string(contig.substr(kPrefix.size()))
                                  : std::string(kPrefix).append(contig));
  if (std::find(kMitochondrion.begin(), kMitochondrion.end(), contig) != kMitochondrion.end()) {
    for (const auto name : kMitochondrion) add(std::string(name));
  }
  return aliases;
}

ContigNames::ContigNames(const hts::FastaIndex& reference, ContigMap map)
    : reference_(reference), map_(std::move(map)) {
  for (const auto& [contig, name] : map_) {
    if (reference_.find(name) == nullptr) {
      throw core::UsageError(
          fmt::format("the contig map (--contig-map) calls contig {} {}, which the reference does "
                      "not have; correct the second column of that line.",
                      contig, name));
    }
  }
}

const hts::FastaEntry* ContigNames::find(std::string_view contig) const {
  const auto mapped = map_.find(contig);
  if (mapped != map_.end()) return reference_.find(mapped->second);
  if (const auto* same = reference_.find(contig)) return same;
  for (const auto& alias : contig_aliases(contig)) {
    if (const auto* entry = reference_.find(alias)) return entry;
  }
  return nullptr;
}

}  // namespace vio::source

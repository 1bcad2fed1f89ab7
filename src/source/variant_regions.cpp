#include "source/variant_regions.hpp"

#include <algorithm>

#include "vio/source/contig_names.hpp"

namespace vio::source {

namespace {

/// Bases that REF shares with every ALT at its beginning: what a normalised indel repeats of the
/// reference. Symbolic alleles share nothing, as in bcftools.
std::int64_t shared_prefix(const hts::VariantRecord& record) {
  const auto alleles = record.alleles();
  auto shared = alleles.empty() ? 0 : record.reference_length();
  for (std::size_t i = 1; i < alleles.size(); ++i) {
    const auto [ref, alt] =
        std::mismatch(alleles[0].begin(), alleles[0].end(), alleles[i].begin(), alleles[i].end());
    shared = std::min<std::int64_t>(shared, ref - alleles[0].begin());
  }
  return shared;
}

}  // namespace

Stretch covered_by(const hts::VariantRecord& record, Overlap overlap) {
  const std::int64_t begin = record.position();
  Stretch covered{begin, begin + record.reference_length()};
  if (overlap == Overlap::position) covered.end = begin + 1;
  if (overlap == Overlap::variant) covered.begin += shared_prefix(record);
  if (begin < 0) return {0, std::max<std::int64_t>(1, covered.end)};
  return covered;
}

VariantRegions::VariantRegions(const std::vector<Region>& regions,
                               const hts::VariantHeader& header) {
  for (const auto& region : regions) {
    const auto [at, fresh] = by_name_.try_emplace(region.interval.contig, contigs_.size());
    if (fresh) contigs_.push_back({region.interval.contig, {}});
    if (region.interval.length() > 0) {  // a BED interval may be empty: no record overlaps it
      contigs_[at->second].stretches.push_back({region.interval.begin, region.interval.end});
    }
  }
  for (std::size_t i = 0; i < contigs_.size(); ++i) {
    sort_and_merge(contigs_[i].stretches);
    for (auto& alias : contig_aliases(contigs_[i].name)) {
      if (!header.has_contig(alias)) by_name_.try_emplace(std::move(alias), i);
    }
  }
}

const VariantRegions::Contig* VariantRegions::find(std::string_view contig) const {
  const auto found = by_name_.find(contig);
  return found == by_name_.end() ? nullptr : &contigs_[found->second];
}

}  // namespace vio::source

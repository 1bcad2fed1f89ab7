#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "source/regions.hpp"
#include "source/stretches.hpp"
#include "vio/hts/variant_record.hpp"
#include "vio/source/variant_source.hpp"

namespace vio::source {

/// What a record covers, for telling whether it overlaps a region: bcftools' three ways. A
/// telomere, which stands before the first base, counts as if it had that too.
[[nodiscard]] Stretch covered_by(const hts::VariantRecord& record, Overlap overlap);

/// The intervals that a user asked for, per contig sorted and without overlaps. Immutable.
class VariantRegions {
 public:
  struct Contig {
    std::string name;  ///< as the user wrote it
    std::vector<Stretch> stretches;
  };

  /// `header` tells which names are different contigs although one is the other's alias, as hg19's
  /// chrM and chrMT are.
  VariantRegions(const std::vector<Region>& regions, const hts::VariantHeader& header);

  /// In the order in which the user named them first.
  [[nodiscard]] const std::vector<Contig>& contigs() const noexcept { return contigs_; }
  /// Of a contig of the input, by its name or by an alias; null where nothing of it was asked for.
  [[nodiscard]] const Contig* find(std::string_view contig) const;

 private:
  std::vector<Contig> contigs_;
  std::map<std::string, std::size_t, std::less<>> by_name_;
};

}  // namespace vio::source

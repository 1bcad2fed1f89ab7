#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "source/regions.hpp"
#include "vio/hts/variant_reader.hpp"
#include "vio/source/contig_names.hpp"

namespace vio::source {

/// Settles what a text such as `HLA-DRB1*12:17` means by what contigs there are; the contig stays
/// as the user names it. Throws core::UsageError for one that `has` denies: `lacking` begins the
/// sentence, such as `x.bam does not have`.
[[nodiscard]] Region settle_region(const Region& region,
                                   const std::function<bool(const std::string&)>& has,
                                   const std::string& lacking);

/// Says what the variants call the contigs of the user's regions.
class RegionNames {
 public:
  /// `indexed` as VariantReader::indexed_contigs() gives it, or empty; all arguments outlive this.
  RegionNames(const hts::VariantReader& reader, const ContigNames& names,
              const std::vector<hts::IndexedContig>& indexed);

  /// The region with its contig as the variants name it; what a text such as `HLA-DRB1*12:17` means
  /// is settled. Throws core::UsageError for a contig that neither variants nor reference have.
  [[nodiscard]] Region settle(const Region& region) const;

 private:
  [[nodiscard]] bool has(const std::string& contig) const;
  /// Of a contig that the user names as the variants do, as the reference does, or by an alias.
  [[nodiscard]] std::optional<std::string> called(const std::string& contig) const;

  const hts::VariantReader& reader_;
  const ContigNames& names_;
  std::set<std::string> indexed_;
  std::map<const hts::FastaEntry*, std::string> declared_;
};

}  // namespace vio::source

#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "vio/hts/fasta_index.hpp"

namespace vio::source {

/// Contig of the variants to contig of the reference, as --contig-map gives it.
using ContigMap = std::map<std::string, std::string, std::less<>>;

/// Reads two columns a line, tab or blank between them; `#` begins a comment. Throws
/// core::UsageError (no such file), core::InputError (a line without two columns, a contig that is
/// given twice).
[[nodiscard]] ContigMap read_contig_map(const std::string& path);

/// What other conventions call a contig: `1` for `chr1`, `M` and `MT` for `chrM`; the likeliest
/// first.
[[nodiscard]] std::vector<std::string> contig_aliases(std::string_view contig);

/// Finds the reference's contig for a contig of the variants: by the map, then by the same name,
/// then by an alias. Immutable, thread-safe; `reference` outlives it.
class ContigNames {
 public:
  /// Throws core::UsageError where the map names a contig that the reference does not have.
  ContigNames(const hts::FastaIndex& reference, ContigMap map);

  /// Null where the reference has no such contig.
  [[nodiscard]] const hts::FastaEntry* find(std::string_view contig) const;
  [[nodiscard]] const ContigMap& map() const noexcept { return map_; }
  [[nodiscard]] const hts::FastaIndex& reference() const noexcept { return reference_; }

 private:
  const hts::FastaIndex& reference_;
  ContigMap map_;
};

}  // namespace vio::source

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "vio/core/error.hpp"
#include "vio/source/variant_source.hpp"

namespace vio::source {

namespace {

/// The first few names, for a message.
template <typename Contigs>
std::string few_names(const Contigs& contigs) {
  constexpr std::size_t kShown = 3;
  std::string names;
  for (std::size_t i = 0; i < std::min(kShown, contigs.size()); ++i) {
    names += fmt::format("{}{}", i > 0 ? ", " : "", contigs[i].name);
  }
  return contigs.size() > kShown ? names + ", ..." : names;
}

void check_shared(const hts::VariantReader& reader, const std::vector<hts::ContigLine>& declared,
                  const ContigNames& contigs) {
  const bool shared = std::any_of(declared.begin(), declared.end(), [&](const auto& contig) {
    return contigs.find(contig.name) != nullptr;
  });
  if (shared) return;
  throw core::UsageError(fmt::format(
      "{} and the reference have no contig in common: {} against {}; give the right reference with "
      "-f, or the names with --contig-map.",
      reader.name(), few_names(declared), few_names(contigs.reference().entries())));
}

/// Whether a file without contig lines names its contigs the other way, `1` for `chr1`.
bool uses_aliases(hts::VariantReader& reader, const ContigNames& contigs) {
  const auto first = reader.first_contig();
  if (!first) return false;
  const auto* const entry = contigs.find(*first);
  const auto aliases = contig_aliases(*first);
  return entry != nullptr && entry->name != *first &&
         std::find(aliases.begin(), aliases.end(), entry->name) != aliases.end();
}

}  // namespace

void declare_contigs(hts::VariantReader& reader, const ContigNames& contigs) {
  const auto declared = reader.header().contigs();
  bool aliased = false;
  if (declared.empty()) {
    aliased = uses_aliases(reader, contigs);
  } else {
    check_shared(reader, declared, contigs);
  }
  std::set<const hts::FastaEntry*> present;
  for (const auto& contig : declared) present.insert(contigs.find(contig.name));
  for (const auto& entry : contigs.reference().entries()) {
    if (present.contains(&entry) || reader.header().has_contig(entry.name)) continue;
    const auto name = aliased ? contig_aliases(entry.name).front() : entry.name;
    reader.header().add_contig({name, entry.length});
  }
}

}  // namespace vio::source

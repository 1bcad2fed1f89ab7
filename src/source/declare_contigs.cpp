#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

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

constexpr std::string_view kPrefix = "chr";

/// How a file names its contigs, as far as one of them tells.
class Convention {
 public:
  Convention(const std::optional<std::string>& known, const ContigNames& contigs) {
    const auto* const entry = known ? contigs.find(*known) : nullptr;
    if (entry == nullptr) return;
    known_ = entry;
    known_name_ = *known;
    const auto aliases = contig_aliases(entry->name);
    aliased_ = std::find(aliases.begin(), aliases.end(), *known) != aliases.end();
    prefixed_ = known->starts_with(kPrefix);
  }

  /// Names for the contig, the likeliest first.
  [[nodiscard]] std::vector<std::string> names_of(const hts::FastaEntry& entry) const {
    if (&entry == known_) return {known_name_};
    std::vector<std::string> names;
    if (aliased_ && entry.name.starts_with(kPrefix) != prefixed_) {
      names = contig_aliases(entry.name);
      std::erase_if(names,
                    [&](const auto& name) { return name.starts_with(kPrefix) != prefixed_; });
      // What files say, rather than what is left without the prefix, or got by adding it.
      std::stable_partition(names.begin(), names.end(),
                            [](const auto& name) { return name == "MT" || name == "chrM"; });
    }
    names.push_back(entry.name);
    return names;
  }

 private:
  const hts::FastaEntry* known_ = nullptr;
  std::string known_name_;
  bool aliased_ = false;
  bool prefixed_ = false;
};

/// A contig that tells how the file names its contigs: one that the reference calls otherwise, or
/// the first.
std::optional<std::string> telling_contig(hts::VariantReader& reader,
                                          const std::vector<hts::ContigLine>& declared,
                                          const ContigNames& contigs) {
  if (declared.empty()) return reader.first_contig();
  const auto telling = std::find_if(declared.begin(), declared.end(), [&](const auto& contig) {
    const auto* const entry = contigs.find(contig.name);
    return entry != nullptr && entry->name != contig.name && !contigs.map().contains(contig.name);
  });
  return telling == declared.end() ? declared.front().name : telling->name;
}

/// Where the reference has the contig under another name by the user's map, the map's names of it.
std::vector<std::string> mapped_names(const hts::FastaEntry& entry, const ContigNames& contigs) {
  std::vector<std::string> names;
  for (const auto& [name, mapped] : contigs.map()) {
    if (mapped == entry.name) names.push_back(name);
  }
  return names;
}

}  // namespace

void declare_contigs(hts::VariantReader& reader, const ContigNames& contigs) {
  const auto declared = reader.header().contigs();
  if (!declared.empty()) check_shared(reader, declared, contigs);
  const Convention convention(telling_contig(reader, declared, contigs), contigs);
  std::set<const hts::FastaEntry*> present;
  for (const auto& contig : declared) present.insert(contigs.find(contig.name));
  for (const auto& entry : contigs.reference().entries()) {
    if (present.contains(&entry)) continue;
    auto names = mapped_names(entry, contigs);
    const auto other = convention.names_of(entry);
    names.insert(names.end(), other.begin(), other.end());
    const auto name = std::find_if(names.begin(), names.end(), [&](const auto& candidate) {
      return contigs.find(candidate) == &entry && !reader.header().has_contig(candidate);
    });
    if (name != names.end()) reader.header().add_contig({*name, entry.length});
  }
}

}  // namespace vio::source

#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "support/variant_file.hpp"
#include "vio/source/contig_names.hpp"
#include "vio/source/variant_source.hpp"

namespace vio::test {

/// A reference with contigs of these names and lengths.
class NamedReference {
 public:
  explicit NamedReference(const std::vector<hts::ContigLine>& contigs,
                          source::ContigMap map = source::ContigMap())
      : index_(make(folder_, contigs)), names_(index_, std::move(map)) {}

  [[nodiscard]] const source::ContigNames& names() const noexcept { return names_; }

 private:
  static hts::FastaIndex make(const TemporaryFolder& folder,
                              const std::vector<hts::ContigLine>& contigs) {
    std::string text;
    for (const auto& contig : contigs) {
      text.append(">").append(contig.name).append("\n");
      text.append(static_cast<std::size_t>(contig.length.value_or(1)), 'A').append("\n");
    }
    auto index = hts::FastaIndex::open(write_file(folder.file("x.fa"), text));
    if (!index) throw std::runtime_error("no index");
    return *std::move(index);
  }

  TemporaryFolder folder_;
  hts::FastaIndex index_;
  source::ContigNames names_;
};

/// One record; `end` is INFO/END, 1-based and inclusive.
struct Site {
  VariantLine line;
  std::optional<std::int64_t> end{};
};

/// VCF text whose records have the ids v0, v1, ...
inline std::string site_text(const std::vector<Site>& sites,
                             const std::vector<hts::ContigLine>& contigs) {
  auto text = variant_text({}, contigs);
  text.insert(text.find("#CHROM"),
              "##INFO=<ID=END,Number=1,Type=Integer,Description=\"End\">\n"
              "##ALT=<ID=DEL,Description=\"Deletion\">\n");
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const auto& [line, end] = sites[i];
    text.append(line.contig).append("\t").append(std::to_string(line.pos)).append("\tv");
    text.append(std::to_string(i)).append("\t").append(line.ref).append("\t").append(line.alt);
    text.append("\t.\t.\t").append(end ? "END=" : ".");
    if (end) text.append(std::to_string(*end));
    text += '\n';
  }
  return text;
}

/// Indices of all records that a source yields, as their ids tell them, and how they were batched.
inline std::vector<std::size_t> ids_of(source::VariantSource& source) {
  std::vector<std::size_t> ids;
  while (const auto batch = source.next()) {
    if (batch->first_ordinal != ids.size()) throw std::runtime_error("wrong ordinal");
    for (const auto& record : batch->records) {
      ids.push_back(std::stoul(std::string(record.id().substr(1))));
    }
  }
  return ids;
}

inline std::vector<std::size_t> ids_of(const std::string& path, const source::ContigNames& names,
                                       source::VariantSourceOptions options) {
  options.path = path;
  hts::VariantReader reader(hts::Input(path), 1);
  source::declare_contigs(reader, names);
  return ids_of(*source::open_variants(reader, names, options));
}

/// All shards' records, one shard after the other.
inline std::vector<std::size_t> gathered_ids(const std::string& path,
                                             const source::ContigNames& names,
                                             source::VariantSourceOptions options, int count) {
  std::vector<std::size_t> ids;
  for (int i = 1; i <= count; ++i) {
    options.shard = {i, count};
    const auto part = ids_of(path, names, options);
    ids.insert(ids.end(), part.begin(), part.end());
  }
  return ids;
}

/// Sorted records of several kinds on the contigs, some of them past the contig's declared end.
inline std::vector<Site> random_sites(std::mt19937& random,
                                      const std::vector<hts::ContigLine>& contigs,
                                      std::size_t per_contig) {
  const auto bases = [&](std::size_t size) {
    std::string text(size, '\0');
    for (auto& base : text) base = "ACGT"[random() % 4];
    return text;
  };
  std::vector<Site> sites;
  for (const auto& contig : contigs) {
    const auto span = static_cast<std::size_t>(contig.length.value_or(400)) * 11 / 10;
    std::vector<Site> here;
    for (std::size_t i = 0; i < per_contig; ++i) {
      const auto pos = static_cast<std::int64_t>(random() % span) + 1;
      Site site{{contig.name, pos, bases(1), bases(1)}};
      auto& [name, at, ref, alt] = site.line;
      switch (random() % 7) {
        case 0:
          ref = bases(1 + random() % 60);
          alt = ref.substr(0, 1 + random() % ref.size());
          break;
        case 1:
          alt = ref + bases(1 + random() % 8);
          break;
        case 2:
          alt = "<DEL>";
          site.end = pos + static_cast<std::int64_t>(random() % 150);
          break;
        case 3:
          ref += bases(5);
          alt = ref.substr(0, 3) + bases(1) + "," + ref.substr(0, 1 + random() % 5);
          break;
        case 4:
          alt = ".";
          break;
        default:
          break;
      }
      here.push_back(site);
      if (random() % 6 == 0) here.push_back(site);
    }
    std::stable_sort(here.begin(), here.end(),
                     [](const auto& a, const auto& b) { return a.line.pos < b.line.pos; });
    sites.insert(sites.end(), here.begin(), here.end());
  }
  return sites;
}

}  // namespace vio::test

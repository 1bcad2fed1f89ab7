// What regions, targets and shards give, against brute force that is written here from the records'
// text alone.
#include "vio/source/variant_source.hpp"

#include <htslib/tbx.h>

#include "catch.hpp"
#include "source/variant_cases.hpp"

using namespace vio;
using source::Overlap;
using source::VariantSourceOptions;
using test::gathered_ids;
using test::ids_of;
using test::Site;
using test::VariantKind;
using test::write_file;
using Ids = std::vector<std::size_t>;

namespace {

const std::vector<hts::ContigLine> file_contigs{
    {"chr1", 900}, {"chr2", 1700}, {"HLA:1*02", 300}, {"x", std::nullopt}, {"M", 60}};
const std::vector<hts::ContigLine> reference_contigs{
    {"HLA:1*02", 300}, {"1", 900}, {"chr2", 1700}, {"chrM", 60}};

/// An interval of a contig as the VCF names it, 0-based half-open.
struct Wanted {
  std::string contig;
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

/// The first and last base of a record (0-based) that count for an overlap; for nothing but an
/// insertion the two between which it is.
struct Touched {
  std::int64_t first = 0;
  std::int64_t last = 0;
  bool both = false;  ///< both must be in an interval, else any base between them
};

Touched touched(const Site& site, Overlap overlap) {
  const auto& [contig, pos, ref, alt] = site.line;
  const std::int64_t first = pos - 1;
  if (overlap == Overlap::position) return {first, first, true};
  const std::int64_t last =
      site.end ? *site.end - 1 : first + static_cast<std::int64_t>(ref.size()) - 1;
  if (overlap == Overlap::record) return {first, last, false};
  std::int64_t shared = last - first + 1;
  if (alt != ".") {
    std::istringstream alts(alt);
    for (std::string one; std::getline(alts, one, ',');) {
      std::int64_t same = 0;
      while (same < static_cast<std::int64_t>(std::min(ref.size(), one.size())) &&
             ref[static_cast<std::size_t>(same)] == one[static_cast<std::size_t>(same)]) {
        ++same;
      }
      shared = std::min(shared, same);
    }
  }
  if (first + shared > last) return {last, last + 1, true};
  return {first + shared, last, false};
}

bool is_in(const Touched& site, const Wanted& wanted) {
  if (site.both) return site.first >= wanted.begin && site.last < wanted.end;
  for (auto base = site.first; base <= site.last; ++base) {
    if (base >= wanted.begin && base < wanted.end) return true;
  }
  return false;
}

bool is_wanted(const Site& site, const std::vector<Wanted>& wanted, Overlap overlap) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const auto& one) {
    return one.contig == site.line.contig && is_in(touched(site, overlap), one);
  });
}

/// In the order of the input.
Ids streamed(const std::vector<Site>& sites, const std::vector<Wanted>& wanted, Overlap overlap) {
  Ids ids;
  for (std::size_t i = 0; i < sites.size(); ++i) {
    if (is_wanted(sites[i], wanted, overlap)) ids.push_back(i);
  }
  return ids;
}

/// Intervals that overlap each other are one.
std::vector<Wanted> merged(const std::string& contig, const std::vector<Wanted>& wanted) {
  std::vector<Wanted> result;
  std::vector<Wanted> sorted;
  std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(sorted),
               [&](const auto& one) { return one.contig == contig && one.end > one.begin; });
  std::sort(sorted.begin(), sorted.end(),
            [](const auto& a, const auto& b) { return a.begin < b.begin; });
  for (const auto& one : sorted) {
    if (result.empty() || one.begin >= result.back().end) {
      result.push_back(one);
    } else {
      result.back().end = std::max(result.back().end, one.end);
    }
  }
  return result;
}

/// Contigs as they were named first, their intervals in order, each record in its first one.
Ids indexed(const std::vector<Site>& sites, const std::vector<Wanted>& wanted, Overlap overlap) {
  Ids ids;
  std::vector<std::string> contigs;
  for (const auto& one : wanted) {
    if (std::find(contigs.begin(), contigs.end(), one.contig) == contigs.end()) {
      contigs.push_back(one.contig);
    }
  }
  for (const auto& contig : contigs) {
    for (const auto& interval : merged(contig, wanted)) {
      for (std::size_t i = 0; i < sites.size(); ++i) {
        const bool fresh = std::find(ids.begin(), ids.end(), i) == ids.end();
        if (fresh && is_wanted(sites[i], {interval}, overlap)) ids.push_back(i);
      }
    }
  }
  return ids;
}

std::vector<Wanted> random_wanted(std::mt19937& random) {
  std::vector<Wanted> wanted;
  const auto count = 1 + random() % 8;
  for (std::size_t i = 0; i < count; ++i) {
    const auto& contig = file_contigs[random() % file_contigs.size()];
    const auto span = static_cast<std::size_t>(contig.length.value_or(400)) * 12 / 10;
    const auto begin = static_cast<std::int64_t>(random() % 4 == 0 ? 0 : random() % span);
    const auto length = 1 + random() % (random() % 3 == 0 ? 4 : 200);
    wanted.push_back({contig.name, begin, begin + static_cast<std::int64_t>(length)});
    if (random() % 4 == 0) {  // its neighbour
      wanted.push_back({contig.name, wanted.back().end, wanted.back().end + 30});
    }
  }
  return wanted;
}

/// How a user may name a contig of the VCF: by the reference's name too.
std::string by_a_name(const std::string& contig, bool other) {
  if (contig == "chr1") return other ? "1" : "chr1";
  if (contig == "M") return other ? "chrM" : "M";
  return contig;
}

/// Names every contig the same way throughout: two names of one would be two contigs in order.
std::vector<std::string> region_texts(const std::vector<Wanted>& wanted, bool other) {
  std::vector<std::string> texts;
  for (const auto& [contig, begin, end] : wanted) {
    std::string text = "{";
    text.append(by_a_name(contig, other)).append("}:").append(std::to_string(begin + 1));
    texts.push_back(text.append("-").append(std::to_string(end)));
  }
  return texts;
}

std::string bed_text(const std::vector<Wanted>& wanted, bool other) {
  std::string text;
  for (const auto& [contig, begin, end] : wanted) {
    text.append(by_a_name(contig, other)).append("\t").append(std::to_string(begin));
    text.append("\t").append(std::to_string(end)).append("\n");
  }
  return text;
}

enum class IndexKind { tbi, csi, bcf };

std::string write_indexed(const test::TemporaryFolder& folder, const std::string& text,
                          IndexKind kind) {
  if (kind == IndexKind::bcf) return test::write_variants(folder, text, VariantKind::bcf, true);
  if (kind == IndexKind::tbi) return test::write_variants(folder, text, VariantKind::bgzip, true);
  auto path = test::write_variants(folder, text, VariantKind::bgzip);
  REQUIRE(tbx_index_build(path.c_str(), 14, &tbx_conf_vcf) == 0);
  return path;
}

constexpr auto kOverlaps = {Overlap::position, Overlap::record, Overlap::variant};
constexpr auto kIndexKinds = {IndexKind::tbi, IndexKind::csi, IndexKind::bcf};
constexpr auto kShards = {1, 2, 3, 7, 50};

Ids all_ids(const std::vector<Site>& sites) {
  Ids ids(sites.size());
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = i;
  return ids;
}

}  // namespace

TEST_CASE("regions give what overlaps them, once, in the order of the regions") {
  std::mt19937 random(61);
  const test::NamedReference reference(reference_contigs);
  std::size_t found = 0;
  for (int round = 0; round < 6; ++round) {
    const auto sites = test::random_sites(random, file_contigs, 60);
    for (const auto kind : kIndexKinds) {
      const test::TemporaryFolder folder;
      const auto path = write_indexed(folder, test::site_text(sites, file_contigs), kind);
      for (int trial = 0; trial < 12; ++trial) {
        const auto wanted = random_wanted(random);
        VariantSourceOptions options;
        if (trial % 2 == 0) {
          options.regions = region_texts(wanted, trial % 4 == 0);
        } else {
          options.regions_file = write_file(folder.file("x.bed"), bed_text(wanted, trial % 4 == 1));
        }
        CHECK(ids_of(path, reference.names(), options) == indexed(sites, wanted, Overlap::record));
        for (const auto overlap : kOverlaps) {
          options.overlap = overlap;
          const auto expected = indexed(sites, wanted, overlap);
          CHECK(ids_of(path, reference.names(), options) == expected);
          found += expected.size();
        }
      }
    }
  }
  CHECK(found > 1000);
}

TEST_CASE("targets give what overlaps them in the order of the input") {
  std::mt19937 random(62);
  const test::NamedReference reference(reference_contigs);
  for (int round = 0; round < 6; ++round) {
    auto sites = test::random_sites(random, file_contigs, 60);
    if (round % 2 == 0) std::shuffle(sites.begin(), sites.end(), random);
    for (const auto kind :
         {VariantKind::plain, VariantKind::gzip, VariantKind::bgzip, VariantKind::bcf}) {
      const test::TemporaryFolder folder;
      const auto path = test::write_variants(folder, test::site_text(sites, file_contigs), kind);
      for (int trial = 0; trial < 6; ++trial) {
        const auto wanted = random_wanted(random);
        VariantSourceOptions options;
        if (trial % 2 == 0) {
          options.targets = region_texts(wanted, trial % 4 == 0);
        } else {
          options.targets_file = write_file(folder.file("x.bed"), bed_text(wanted, trial % 4 == 1));
        }
        CHECK(ids_of(path, reference.names(), options) ==
              streamed(sites, wanted, Overlap::position));
        for (const auto overlap : kOverlaps) {
          options.overlap = overlap;
          CHECK(ids_of(path, reference.names(), options) == streamed(sites, wanted, overlap));
        }
      }
    }
  }
}

TEST_CASE("gathered shards equal the whole, with an index and without") {
  std::mt19937 random(63);
  const test::NamedReference reference(reference_contigs);
  for (int round = 0; round < 2; ++round) {
    const auto sites = test::random_sites(random, file_contigs, 50);
    const auto text = test::site_text(sites, file_contigs);
    for (const auto kind : kIndexKinds) {
      const test::TemporaryFolder folder;
      const auto path = write_indexed(folder, text, kind);
      for (const int count : kShards) {
        CHECK(gathered_ids(path, reference.names(), {}, count) == all_ids(sites));
      }
    }
    for (const auto kind :
         {VariantKind::plain, VariantKind::gzip, VariantKind::bgzip, VariantKind::bcf}) {
      const test::TemporaryFolder folder;
      const auto path = test::write_variants(folder, text, kind);
      for (const int count : kShards) {
        CHECK(gathered_ids(path, reference.names(), {}, count) == all_ids(sites));
      }
    }
  }
}

TEST_CASE("gathered shards of regions equal the regions") {
  std::mt19937 random(64);
  const test::NamedReference reference(reference_contigs);
  for (int round = 0; round < 4; ++round) {
    const auto sites = test::random_sites(random, file_contigs, 60);
    for (const auto kind : kIndexKinds) {
      const test::TemporaryFolder folder;
      const auto path = write_indexed(folder, test::site_text(sites, file_contigs), kind);
      for (const auto overlap : kOverlaps) {
        const auto wanted = random_wanted(random);
        VariantSourceOptions options;
        options.regions = region_texts(wanted, round % 2 == 0);
        options.overlap = overlap;
        for (const int count : kShards) {
          CHECK(gathered_ids(path, reference.names(), options, count) ==
                indexed(sites, wanted, overlap));
        }
      }
    }
  }
}

TEST_CASE("a telomere's record, at position 0, is in one shard") {
  const test::NamedReference reference(reference_contigs);
  const std::vector<Site> sites{{{"chr1", 0, "N", "A"}},
                                {{"chr1", 1, "A", "C"}},
                                {{"chr2", 0, "N", "A"}},
                                {{"chr2", 1700, "A", "C"}}};
  const auto text = test::site_text(sites, file_contigs);
  for (const auto kind : kIndexKinds) {
    const test::TemporaryFolder folder;
    const auto path = write_indexed(folder, text, kind);
    for (const int count : kShards) {
      CHECK(gathered_ids(path, reference.names(), {}, count) == all_ids(sites));
    }
  }
}

TEST_CASE("shards of a file with an index need not be in the header's order of contigs") {
  std::mt19937 random(65);
  const test::NamedReference reference(reference_contigs);
  auto backwards = file_contigs;
  std::reverse(backwards.begin(), backwards.end());
  const auto sites = test::random_sites(random, backwards, 30);
  for (const auto kind : kIndexKinds) {
    const test::TemporaryFolder folder;
    const auto path = write_indexed(folder, test::site_text(sites, file_contigs), kind);
    CHECK(gathered_ids(path, reference.names(), {}, 7) == all_ids(sites));
  }
}

// Names of contigs in regions, what cannot be selected, and how records are batched.
#include "catch.hpp"
#include "source/variant_cases.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using source::VariantSourceOptions;
using test::ids_of;
using test::NamedReference;
using test::Site;
using test::VariantKind;
using test::write_file;
using Ids = std::vector<std::size_t>;
using Texts = std::vector<std::string>;

namespace {

Site snv(const std::string& contig, std::int64_t pos) {
  return {{contig, pos, "A", "C"}};
}

/// An indexed file (BGZF or BCF) of the sites.
class Indexed {
 public:
  Indexed(const std::vector<Site>& sites, const std::vector<hts::ContigLine>& declared,
          VariantKind kind = VariantKind::bgzip)
      : path_(write_variants(folder_, test::site_text(sites, declared), kind, true)) {}

  [[nodiscard]] Ids regions(const Texts& texts, const NamedReference& reference) const {
    VariantSourceOptions options;
    options.regions = texts;
    return ids_of(path_, reference.names(), options);
  }
  [[nodiscard]] Ids targets(const Texts& texts, const NamedReference& reference) const {
    VariantSourceOptions options;
    options.targets = texts;
    return ids_of(path_, reference.names(), options);
  }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  test::TemporaryFolder folder_;
  std::string path_;
};

const std::vector<hts::ContigLine> two_contigs{{"a", 1000}, {"b", 1000}};

struct BatchSize {
  std::size_t records = 0;
  std::size_t windows = 0;
  std::size_t bytes = 0;
  std::size_t last_windows = 0;  ///< of the last record
  std::size_t last_bytes = 0;
};

std::vector<BatchSize> batch_sizes(const std::string& path, VariantSourceOptions options) {
  hts::VariantReader reader(hts::Input(path), 1);
  const NamedReference reference(two_contigs);
  options.path = path;
  const auto source = source::open_variants(reader, reference.names(), options);
  std::vector<BatchSize> sizes;
  while (const auto batch = source->next()) {
    auto& size = sizes.emplace_back();
    size.records = batch->records.size();
    for (const auto& record : batch->records) {
      size.last_windows = record.n_alleles();
      size.last_bytes = record.bytes();
      size.windows += size.last_windows;
      size.bytes += size.last_bytes;
    }
  }
  return sizes;
}

}  // namespace

TEST_CASE("regions may name a contig as the reference does, or by an alias") {
  const Indexed file({snv("chr1", 5), snv("chr1", 50), snv("M", 7)}, {{"chr1", 900}, {"M", 60}});
  const NamedReference reference({{"1", 900}, {"MT", 60}});
  for (const auto* const name : {"chr1", "1"}) {
    CHECK(file.regions({std::string(name) + ":1-10"}, reference) == Ids{0});
    CHECK(file.targets({std::string(name) + ":1-10"}, reference) == Ids{0});
    CHECK(file.regions({name}, reference) == Ids{0, 1});
  }
  for (const auto* const name : {"M", "MT", "chrM", "chrMT"}) {
    CHECK(file.regions({name}, reference) == Ids{2});
    CHECK(file.targets({name}, reference) == Ids{2});
  }
  // Two names of one contig are not two contigs.
  CHECK(file.regions({"1:1-10", "chr1:40-60", "1:5"}, reference) == Ids{0, 1});
  CHECK(file.targets({"1:1-10", "chr1:40-60"}, reference) == Ids{0, 1});
}

TEST_CASE("regions may name a contig as the map does, on either side") {
  const Indexed file({snv("one", 5), snv("b", 7)}, {{"one", 1000}, {"b", 1000}});
  const NamedReference reference(two_contigs, {{"one", "a"}});
  CHECK(file.regions({"one"}, reference) == Ids{0});
  CHECK(file.regions({"a"}, reference) == Ids{0});
  CHECK(file.targets({"a:1-5"}, reference) == Ids{0});
}

TEST_CASE("a contig and its alias that are both in the file are two contigs") {
  const Indexed file({snv("chrM", 5), snv("chrMT", 5)}, {{"chrM", 60}, {"chrMT", 60}});
  const NamedReference reference({{"chrM", 60}, {"chrMT", 60}});
  CHECK(file.regions({"chrM"}, reference) == Ids{0});
  CHECK(file.regions({"chrMT"}, reference) == Ids{1});
  CHECK(file.targets({"chrM"}, reference) == Ids{0});
  CHECK(file.targets({"chrMT"}, reference) == Ids{1});
}

TEST_CASE("a contig that only the index knows can be asked for") {
  const Indexed file({snv("a", 5), snv("new", 5)}, {{"a", 1000}});
  const NamedReference reference(two_contigs);
  CHECK(file.regions({"new"}, reference) == Ids{1});
  CHECK(file.regions({"b"}, reference).empty());
}

TEST_CASE("names that hold a colon") {
  const std::string hla = "HLA-DRB1*12:17";
  for (const auto kind : {VariantKind::bgzip, VariantKind::bcf}) {
    const Indexed file({snv("a", 5), snv(hla, 3), snv(hla, 20)}, {{"a", 1000}, {hla, 300}}, kind);
    const NamedReference reference({{"a", 1000}, {hla, 300}});
    CHECK(file.regions({hla}, reference) == Ids{1, 2});
    CHECK(file.targets({hla}, reference) == Ids{1, 2});
    CHECK(file.regions({hla + ":1-10"}, reference) == Ids{1});
    CHECK(file.regions({"{" + hla + "}:20-"}, reference) == Ids{2});
    CHECK(file.regions({"{" + hla + "}"}, reference) == Ids{1, 2});
  }
  const std::string shorter = "HLA-DRB1*12";
  const Indexed both({snv(shorter, 17), snv(hla, 3)}, {{shorter, 300}, {hla, 300}});
  const NamedReference reference({{shorter, 300}, {hla, 300}});
  CHECK_THROWS_AS(both.regions({hla}, reference), core::UsageError);
  CHECK_THROWS_WITH(both.targets({hla}, reference), Catch::Contains("read in two ways"));
  CHECK(both.regions({"{" + hla + "}"}, reference) == Ids{1});
  CHECK(both.regions({"{" + shorter + "}:17"}, reference) == Ids{0});
}

TEST_CASE("a region of a contig that nobody knows is an error of use") {
  const Indexed file({snv("a", 5)}, two_contigs);
  const NamedReference reference(two_contigs);
  CHECK_THROWS_AS(file.regions({"c:1-5"}, reference), core::UsageError);
  CHECK_THROWS_AS(file.targets({"a", "c"}, reference), core::UsageError);
  CHECK_THROWS_WITH(file.regions({"c:1-5"}, reference), Catch::Contains("has a contig c;"));
}

TEST_CASE("regions need a file with an index") {
  const NamedReference reference(two_contigs);
  VariantSourceOptions options;
  options.regions = {"a"};
  for (const auto kind :
       {VariantKind::plain, VariantKind::gzip, VariantKind::bgzip, VariantKind::bcf}) {
    const test::TemporaryFolder folder;
    const auto path =
        test::write_variants(folder, test::site_text({snv("a", 5)}, two_contigs), kind);
    CHECK_THROWS_AS(ids_of(path, reference.names(), options), core::UsageError);
  }
}

TEST_CASE("regions keep the records of a telomere") {
  const NamedReference reference(two_contigs);
  for (const auto kind : {VariantKind::bgzip, VariantKind::bcf}) {
    const Indexed file({{{"a", 0, "N", "C"}}, snv("a", 1), snv("a", 3), {{"b", 0, "N", "C"}}},
                       two_contigs, kind);
    CHECK(file.regions({"a"}, reference) == Ids{0, 1, 2});
    CHECK(file.regions({"a:1"}, reference) == Ids{0, 1});
    CHECK(file.regions({"a:3-4", "b"}, reference) == Ids{2, 3});
    CHECK(file.targets({"a:1"}, reference) == Ids{0, 1});
  }
  // HTSlib cannot index such a BCF.
  const Indexed several({{{"a", 0, "N", "C"}}, {{"a", 0, "NAC", "N"}}, snv("a", 2)}, two_contigs);
  CHECK(several.regions({"a:1"}, reference) == Ids{0, 1});
  CHECK(several.regions({"a:2"}, reference) == Ids{1, 2});
}

TEST_CASE("shards without an index need the header's order") {
  const NamedReference reference(two_contigs);
  const std::vector<std::vector<Site>> unsorted{{snv("a", 5), snv("a", 4)},
                                                {snv("b", 5), snv("a", 4)},
                                                {snv("a", 5), snv("b", 4), snv("a", 6)},
                                                {snv("a", 5), snv("new", 5)}};
  for (const auto& sites : unsorted) {
    for (const auto kind :
         {VariantKind::plain, VariantKind::gzip, VariantKind::bgzip, VariantKind::bcf}) {
      const test::TemporaryFolder folder;
      const auto path = test::write_variants(
          folder, test::site_text(sites, two_contigs),
          kind == VariantKind::bcf && &sites == &unsorted.back() ? VariantKind::bgzip : kind);
      VariantSourceOptions options;
      CHECK(ids_of(path, reference.names(), options).size() == sites.size());
      for (int i = 1; i <= 2; ++i) {  // each shard notices, not only the one that owns the record
        options.shard = {i, 2};
        CHECK_THROWS_AS(ids_of(path, reference.names(), options), core::InputError);
      }
    }
  }
}

TEST_CASE("batches keep to their bounds, and no record is lost between them") {
  std::mt19937 random(81);
  std::vector<Site> sites;
  for (int i = 0; i < 400; ++i) {
    Site site = snv("a", 1 + i);
    for (auto more = random() % 4; more > 0; --more) {
      site.line.alt += "," + std::string(1 + random() % 200, 'G');
    }
    sites.push_back(site);
  }
  const test::TemporaryFolder folder;
  const auto path =
      test::write_variants(folder, test::site_text(sites, two_contigs), VariantKind::plain);
  for (const std::size_t max_windows : {1U, 2U, 7U, 64U, 100'000U}) {
    for (const std::size_t max_bytes : {1U, 1000U, 5000U, 1U << 30U}) {
      VariantSourceOptions options;
      options.max_windows = max_windows;
      options.max_bytes = max_bytes;
      std::size_t records = 0;
      for (const auto& batch : batch_sizes(path, options)) {
        records += batch.records;
        CHECK((batch.records == 1 || batch.windows - batch.last_windows < max_windows));
        CHECK((batch.records == 1 || batch.bytes - batch.last_bytes < max_bytes));
      }
      CHECK(records == sites.size());
    }
  }
}

TEST_CASE("a batch's header fits its records also when later ones add to it") {
  auto text = test::variant_text({{"a", 1, "A", "C"}}, two_contigs);
  // The tag of one column may be new to another column only.
  text += "a\t2\tv1\tA\tC\t.\tq10\tX=1\n";
  text += "a\t3\tv2\tA\tC\t.\tX\tq10=3;Y\n";
  text += "new\t4\tv3\tA\tC\t.\tPASS\tZ=1,2\n";
  text += "a\t5\tv4\tA\tC\t.\tZ\tnew=a\n";
  const auto lines = text.substr(text.find("a\t1\t"));
  const test::TemporaryFolder folder;
  const auto path = write_file(folder.file("x.vcf"), text);
  const NamedReference reference(two_contigs);
  for (const std::size_t max_windows : {1U, 3U, 100U}) {
    hts::VariantReader reader(hts::Input(path), 1);
    VariantSourceOptions options;
    options.max_windows = max_windows;
    const auto source = source::open_variants(reader, reference.names(), options);
    std::vector<source::VariantBatch> batches;
    while (auto batch = source->next()) batches.push_back(*std::move(batch));
    std::string written;
    for (const auto& batch : batches) {
      for (const auto& record : batch.records) {
        record.append_vcf(*batch.header, written);
        CHECK(record.contig(*batch.header) == (record.position() == 3 ? "new" : "a"));
      }
    }
    CHECK(written == lines);
    if (max_windows == 1) {
      CHECK_FALSE(batches.front().header->has_contig("new"));
      CHECK(batches.back().header->has_contig("new"));
    }
  }
}

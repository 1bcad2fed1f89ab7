#include "vio/source/contig_names.hpp"

#include "catch.hpp"
#include "hts/test_files.hpp"
#include "vio/core/error.hpp"

using namespace vio::test;
using vio::core::InputError;
using vio::core::UsageError;
using vio::hts::FastaIndex;
using vio::source::contig_aliases;
using vio::source::ContigMap;
using vio::source::ContigNames;
using vio::source::read_contig_map;

namespace {

using Names = std::vector<std::string>;

/// A reference with these contigs.
class Contigs {
 public:
  explicit Contigs(const Names& names) : index_(make(folder_, names)) {}

  [[nodiscard]] const FastaIndex& index() const noexcept { return index_; }
  /// What the reference calls the contig, or `-`.
  [[nodiscard]] std::string found(const std::string& contig, const ContigMap& map = {}) const {
    const auto* const entry = ContigNames(index_, map).find(contig);
    return entry == nullptr ? "-" : entry->name;
  }

 private:
  static FastaIndex make(const TemporaryFolder& folder, const Names& names) {
    std::string text;
    for (const auto& name : names) text += ">" + name + "\nACGT\n";
    auto index = FastaIndex::open(write_file(folder.file("x.fa"), text));
    if (!index) throw std::runtime_error("no index");
    return *std::move(index);
  }

  TemporaryFolder folder_;
  FastaIndex index_;
};

ContigMap map_of(std::string_view text) {
  const TemporaryFolder folder;
  return read_contig_map(write_file(folder.file("map.txt"), text));
}

}  // namespace

TEST_CASE("aliases of contigs") {
  CHECK(contig_aliases("chr1") == Names{"1"});
  CHECK(contig_aliases("1") == Names{"chr1"});
  CHECK(contig_aliases("chrUn_KI270302v1") == Names{"Un_KI270302v1"});
  CHECK(contig_aliases("MT") == Names{"chrMT", "chrM", "M"});
  CHECK(contig_aliases("M") == Names{"chrM", "MT", "chrMT"});
  CHECK(contig_aliases("chrM") == Names{"M", "MT", "chrMT"});
  CHECK(contig_aliases("chrMT") == Names{"MT", "chrM", "M"});
  CHECK(contig_aliases("chr") == Names{});
}

TEST_CASE("contigs are found by name, then by alias") {
  const Contigs prefixed({"chr1", "chr2", "2", "chrM", "HLA-A*01:01:01:01", "chrHLA-B*07:02"});
  CHECK(prefixed.found("chr1") == "chr1");
  CHECK(prefixed.found("1") == "chr1");
  CHECK(prefixed.found("2") == "2");
  CHECK(prefixed.found("chr2") == "chr2");
  for (const auto* name : {"MT", "M", "chrM", "chrMT"}) CHECK(prefixed.found(name) == "chrM");
  CHECK(prefixed.found("HLA-A*01:01:01:01") == "HLA-A*01:01:01:01");
  CHECK(prefixed.found("chrHLA-A*01:01:01:01") == "HLA-A*01:01:01:01");
  CHECK(prefixed.found("HLA-B*07:02") == "chrHLA-B*07:02");
  for (const auto* name : {"3", "chr3", "HLA-A*01:01", "HLA-A*01:01:01:01:01", "", "chr", "CHR1"}) {
    INFO(name);
    CHECK(prefixed.found(name) == "-");
  }
  const Contigs bare({"1", "MT"});
  CHECK(bare.found("chr1") == "1");
  for (const auto* name : {"MT", "M", "chrM", "chrMT"}) CHECK(bare.found(name) == "MT");
  CHECK(Contigs({"M"}).found("MT") == "M");
  CHECK(Contigs({"chrM", "chrMT"}).found("MT") == "chrMT");
  CHECK(Contigs({"chrM", "chrMT"}).found("M") == "chrM");
}

TEST_CASE("the map comes before names and aliases") {
  const Contigs contigs({"1", "2", "NC_3", "HLA-A*01:01"});
  const ContigMap map{{"1", "2"}, {"chr2", "1"}, {"3", "NC_3"}, {"A1", "HLA-A*01:01"}};
  CHECK(contigs.found("1", map) == "2");
  CHECK(contigs.found("2", map) == "2");
  CHECK(contigs.found("chr1", map) == "1");
  CHECK(contigs.found("chr2", map) == "1");
  CHECK(contigs.found("3", map) == "NC_3");
  CHECK(contigs.found("chr3", map) == "-");
  CHECK(contigs.found("A1", map) == "HLA-A*01:01");
  CHECK(contigs.found("NC_3", map) == "NC_3");
  CHECK(&ContigNames(contigs.index(), map).reference() == &contigs.index());
}

TEST_CASE("a map to contigs that the reference lacks is refused") {
  const Contigs contigs({"chr1"});
  CHECK_THROWS_AS(ContigNames(contigs.index(), ContigMap{{"x", "1"}}), UsageError);
  CHECK_THROWS_WITH(ContigNames(contigs.index(), ContigMap{{"x", "y"}}),
                    Catch::Contains("contig x y") && Catch::Contains("--contig-map"));
}

TEST_CASE("maps are read") {
  const ContigMap expected{{"1", "chr1"}, {"HLA-A*01:01:01:01", "A#1"}, {"a#b", "c"}};
  CHECK(map_of("1\tchr1\nHLA-A*01:01:01:01\tA#1\na#b\tc\n") == expected);
  CHECK(
      map_of(
          "\xEF\xBB\xBF# from to\r\n1  chr1\r\n\r\n  \t\n HLA-A*01:01:01:01 \t A#1 \r\n#\na#b c") ==
      expected);
  CHECK(map_of(gzip("1\tchr1\n")) == ContigMap{{"1", "chr1"}});
}

TEST_CASE("maps that say nothing clear are refused") {
  CHECK_THROWS_AS(map_of("1\tchr1\n2\n"), InputError);
  CHECK_THROWS_WITH(map_of("# c\n1\tchr1\n2\n"), Catch::Contains("map.txt: line 3 has 1 columns"));
  CHECK_THROWS_WITH(map_of("1\tchr1\t# no\n"), Catch::Contains("line 1 has 4 columns"));
  CHECK_THROWS_AS(map_of("1\tchr1\n1\tchr2\n"), InputError);
  CHECK_THROWS_WITH(map_of("1\tchr1\n\n1\tchr1\n"), Catch::Contains("line 3 gives contig 1"));
  CHECK_THROWS_AS(map_of(""), InputError);
  CHECK_THROWS_WITH(map_of("# nothing\n"), Catch::Contains("names no contig"));
  CHECK_THROWS_AS(read_contig_map("/nonexistent/map.txt"), UsageError);
}

// Where the contigs of a CRAM come from, and where they must not come from.
#include <unistd.h>

#include <cstdlib>

#include "catch.hpp"
#include "support/alignment_files.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using test::AlignmentKind;
using test::read_lines;

namespace {

/// An environment variable while this lives.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    ::setenv(name, value.c_str(), 1);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { ::unsetenv(name_); }

 private:
  const char* name_;
};

class Cram {
 public:
  explicit Cram(AlignmentKind kind = AlignmentKind::cram)
      : contigs_(test::test_contigs(random_)),
        reference_(test::write_file(folder_.file("x.fa"), test::fasta_text(contigs_))),
        path_(test::write_alignments(
            folder_, test::sam_text(test::random_reads(random_, contigs_, 100), contigs_),
            {.kind = kind, .reference = reference_, .indexed = true})) {}

  /// How many reads are decoded with a reference; `indexed`: those of the contig `a`.
  [[nodiscard]] std::size_t decode(const std::string& reference, bool indexed = false) const {
    hts::AlignmentReader reader(hts::Input(path_), {.reference_path = reference});
    if (indexed) {
      reader.load_index();
      reader.query(0, 0, 100000);
    }
    return read_lines(reader).size();
  }
  [[nodiscard]] std::size_t decode_pipe(const std::string& reference) const {
    const test::StandardInput pipe(test::read_file(path_));
    hts::AlignmentReader reader(hts::Input("-"), {.reference_path = reference});
    return read_lines(reader).size();
  }
  /// The MD5 of a contig, as HTSlib wrote it into the header.
  [[nodiscard]] std::string md5(const std::string& contig) const {
    hts::AlignmentReader reader(hts::Input(path_), {});
    kstring_t text{0, 0, nullptr};
    auto* const header = const_cast<sam_hdr_t*>(reader.header().get());
    REQUIRE(sam_hdr_find_tag_id(header, "SQ", "SN", contig.c_str(), "M5", &text) == 0);
    std::string digest(text.s, text.l);
    ks_free(&text);
    return digest;
  }
  [[nodiscard]] const std::vector<test::TestContig>& contigs() const { return contigs_; }
  [[nodiscard]] const std::string& reference() const { return reference_; }
  [[nodiscard]] const test::TemporaryFolder& folder() const { return folder_; }

 private:
  std::mt19937 random_{7};
  test::TemporaryFolder folder_;
  std::vector<test::TestContig> contigs_;
  std::string reference_;
  std::string path_;
};

}  // namespace

TEST_CASE("a CRAM needs its reference, or brings it along") {
  const Cram cram;
  CHECK(cram.decode(cram.reference()) == 100);
  CHECK(cram.decode_pipe(cram.reference()) == 100);
  for (const bool indexed : {false, true}) {
    CHECK_THROWS_AS(cram.decode("", indexed), core::UsageError);
    CHECK_THROWS_WITH(cram.decode("", indexed), Catch::Contains("-f"));
  }
  CHECK_THROWS_AS(cram.decode_pipe(""), core::UsageError);
  for (const auto kind : {AlignmentKind::cram_embedded, AlignmentKind::cram_without}) {
    const Cram independent(kind);
    CHECK(independent.decode("") == 100);
    CHECK(independent.decode_pipe("") == 100);
    CHECK(independent.decode(independent.reference()) == 100);
  }
}

TEST_CASE("no reference comes from the environment") {
  const Cram cram;
  // A folder from which HTSlib would take the contigs by their MD5.
  const auto folder = cram.folder().file("by-md5");
  std::filesystem::create_directory(folder);
  for (const auto& contig : cram.contigs()) {
    test::write_file(folder + "/" + cram.md5(contig.name), contig.bases);
  }
  {
    const Variable path("REF_PATH", folder + "/%s");
    CHECK_THROWS_AS(cram.decode(""), core::UsageError);
  }
  {
    const Variable cache("REF_CACHE", folder + "/%s");
    CHECK_THROWS_AS(cram.decode(""), core::UsageError);
  }
  const auto empty = cram.folder().file("nothing");
  std::filesystem::create_directory(empty);
  const Variable cache("REF_CACHE", empty + "/%s");
  const Variable path("REF_PATH", folder + "/%s");
  CHECK(cram.decode(cram.reference()) == 100);
  CHECK(std::filesystem::is_empty(empty));
}

TEST_CASE("no reference comes from where the header says it is") {
  const Cram cram;
  // HTSlib notes the FASTA that it wrote a CRAM with, and the header keeps that.
  hts::AlignmentReader reader(hts::Input(cram.folder().file("x.cram")), {});
  const std::string header(sam_hdr_str(const_cast<sam_hdr_t*>(reader.header().get())));
  CHECK_THAT(header, Catch::Contains("UR:" + cram.reference()));
  CHECK_THAT(header, Catch::Contains("M5:"));
  std::filesystem::remove(cram.reference() + ".fai");
  CHECK_THROWS_AS(cram.decode(""), core::UsageError);
  CHECK_FALSE(std::filesystem::exists(cram.reference() + ".fai"));
}

TEST_CASE("a reference that is not the CRAM's") {
  const Cram cram;
  auto other = cram.contigs();
  other[0].bases[1500] = other[0].bases[1500] == 'A' ? 'C' : 'A';
  const auto wrong = test::write_file(cram.folder().file("wrong.fa"), test::fasta_text(other));
  for (const bool indexed : {false, true}) {
    CHECK_THROWS_AS(cram.decode(wrong, indexed), core::InputError);
    CHECK_THROWS_WITH(cram.decode(wrong, indexed), Catch::Contains("wrong.fa"));
  }
  CHECK_THROWS_AS(cram.decode_pipe(wrong), core::InputError);
  other.erase(other.begin());
  const auto lacking = test::write_file(cram.folder().file("lacking.fa"), test::fasta_text(other));
  CHECK_THROWS_AS(cram.decode(lacking), core::UsageError);
  CHECK_THROWS_WITH(cram.decode(lacking), Catch::Contains("has no contig a"));
}

TEST_CASE("references that no CRAM can be read with") {
  const Cram cram;
  const auto text = test::fasta_text(cram.contigs());
  const auto fails = [&](const std::string& name, const std::string& bytes) {
    const auto path = test::write_file(cram.folder().file(name), bytes);
    CHECK_THROWS_AS(cram.decode(path), core::UsageError);
  };
  CHECK_THROWS_AS(cram.decode(cram.folder().file("missing.fa")), core::UsageError);
  CHECK_THROWS_AS(cram.decode(cram.folder().path()), core::UsageError);
  CHECK_THROWS_AS(cram.decode("-"), core::UsageError);
  fails("gzip.fa.gz", test::gzip(text));
  fails("ragged.fa", ">a\nACGT\nAC\nACGT\n");
}

TEST_CASE("a reference is read with or without its index, plain or bgzip, in any folder") {
  const Cram cram;
  const auto text = test::fasta_text(cram.contigs());
  for (const bool compressed : {false, true}) {
    const auto folder = cram.folder().file(compressed ? "packed" : "plain");
    std::filesystem::create_directory(folder);
    const auto path = test::write_file(folder + (compressed ? "/x.fa.gz" : "/x.fa"),
                                       compressed ? test::bgzip(text) : text);
    namespace fs = std::filesystem;
    fs::permissions(folder, fs::perms::owner_read | fs::perms::owner_exec);
    CHECK(cram.decode(path) == 100);  // where the folder cannot be written, unless by root
    fs::permissions(folder, fs::perms::owner_all);
    CHECK(cram.decode(path) == 100);
    CHECK(cram.decode(path) == 100);
  }
}

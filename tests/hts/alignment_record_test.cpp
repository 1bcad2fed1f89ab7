#include "vio/hts/alignment_record.hpp"

#include <array>

#include "catch.hpp"
#include "support/alignment_files.hpp"

using namespace vio;

namespace {

const std::vector<test::TestContig> one_contig{{"a", std::string(500, 'A')}};

/// The one read of SAM text.
class OneRead {
 public:
  explicit OneRead(const std::string& line)
      : reader_(hts::Input(test::write_file(folder_.file("x.sam"),
                                            test::sam_header(one_contig) + line + "\n")),
                {}) {
    REQUIRE(reader_.read(record_));
  }
  hts::AlignmentRecord& record() { return record_; }
  std::string line() {
    kstring_t text{0, 0, nullptr};
    test::check_written(sam_format1(reader_.header().get(), record_.handle(), &text));
    std::string line(text.s, text.l);
    ks_free(&text);
    return line;
  }
  [[nodiscard]] std::string_view contig() const { return record_.contig(*reader_.header()); }

 private:
  test::TemporaryFolder folder_;
  hts::AlignmentReader reader_;
  hts::AlignmentRecord record_;
};

std::string sequence(const std::string& flag, const std::string& bases) {
  OneRead read("q\t" + flag + "\ta\t5\t9\t*\t*\t0\t0\t" + bases + "\t*");
  std::string symbols = "kept";
  read.record().append_sequence(symbols);
  return symbols;
}

}  // namespace

TEST_CASE("the fields of a read") {
  OneRead read("name\t99\ta\t11\t37\t2S10M5D3I4N1M\t=\t7\t0\tACGTACGTACGTACGT\t*");
  const auto& record = read.record();
  CHECK(record.name() == "name");
  CHECK(record.flag() == 99);
  CHECK(read.contig() == "a");
  CHECK(record.contig_id() == 0);
  CHECK(record.position() == 10);
  CHECK(record.end() == 10 + 10 + 5 + 4 + 1);
  CHECK(record.mapping_quality() == 37);
  CHECK(record.length() == 16);
  CHECK(record.bytes() > 16);
}

TEST_CASE("reads without a place, without bases, without positions of their own") {
  OneRead unplaced("q\t4\t*\t0\t0\t*\t*\t0\t0\t*\t*");
  CHECK(unplaced.contig() == "*");
  CHECK(unplaced.record().contig_id() == -1);
  CHECK(unplaced.record().position() == -1);
  CHECK(unplaced.record().length() == 0);
  std::string symbols;
  unplaced.record().append_sequence(symbols);
  CHECK(symbols.empty());
  OneRead beside_mate("q\t4\ta\t8\t0\t5M\t*\t0\t0\tACGTA\t*");
  CHECK(beside_mate.record().end() == 8);
  OneRead inserted("q\t0\ta\t8\t0\t5I\t*\t0\t0\tACGTA\t*");
  CHECK(inserted.record().end() == 8);
}

TEST_CASE("the sequence has the read's original orientation") {
  CHECK(sequence("0", "ACGTN") == "keptACGTN");
  CHECK(sequence("16", "ACGTN") == "keptNACGT");
  CHECK(sequence("0", "ACMGRSVTWYHKDBN=") == "keptACMGRSVTWYHKDBNN");
  CHECK(sequence("16", "ACMGRSVTWYHKDBN=") == "keptNNVHMDRWABSYCKGT");
  CHECK(sequence("16", "=AAC") == "keptGTTN");
  CHECK(sequence("16", "acg") == "keptCGT");
}

TEST_CASE("tags are set, replaced whatever they were, and removed") {
  OneRead read(
      "q\t0\ta\t5\t9\t*\t*\t0\t0\tACGT\t*\tvl:i:7\tXX:Z:kept\tvs:Z:old\tvp:B:c,1,2\tvl:Z:again");
  auto& record = read.record();
  record.set_tag("vl", std::string("label"));
  record.set_tag("vs", 0.25F);
  record.set_tag("vp", std::array{0.25F, 0.75F});
  const std::string start = "q\t4\ta\t5\t9\t*\t*\t0\t0\tACGT\t*\tXX:Z:kept";
  CHECK(read.line() == start + "\tvl:Z:label\tvs:f:0.25\tvp:B:f,0.25,0.75");
  record.set_tag("vl", std::string("longer than before"));
  record.remove_tag("vs");
  CHECK(read.line() == start + "\tvp:B:f,0.25,0.75\tvl:Z:longer than before");
  record.remove_tag("vl");
  record.remove_tag("vp");
  record.remove_tag("no");
  CHECK(read.line() == start);
}

#include "vio/annotate/record_table.hpp"

#include "catch.hpp"
#include "support/alignment_text.hpp"
#include "vio/annotate/class_name.hpp"

using namespace vio;
using namespace vio::annotate;
using core::Status;

namespace {

RecordScore scored(std::vector<double> mean, std::int64_t length = 10, std::int64_t unknown = 0) {
  RecordScore score;
  score.length = length;
  score.unknown = unknown;
  for (const double probability : mean) {
    score.probabilities.push_back(to_millionths(probability));
  }
  score.mean = std::move(mean);
  return score;
}

RecordScore skipped(Status status, std::int64_t length = 0) {
  RecordScore score;
  score.length = length;
  score.status = status;
  return score;
}

source::RecordBatch rows_of(const std::vector<std::string>& texts) {
  std::vector<source::TableRow> rows(texts.size());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].text = texts[i];
  source::RecordBatch batch;
  batch.records = std::move(rows);
  return batch;
}

/// A batch of `n` reads of which nothing but their number matters.
source::RecordBatch batch_of(std::size_t n, std::vector<source::RegionEnd> ends) {
  source::RecordBatch batch;
  batch.records = std::vector<hts::AlignmentRecord>(n);
  batch.region_ends = std::move(ends);
  return batch;
}

std::string header_with(const std::string& header, const std::vector<std::string>& classes) {
  return row_table({.header = header}, classes)->header();
}

}  // namespace

TEST_CASE("rows of reads") {
  const auto table = read_table({"coding", "tab\tbed"});
  CHECK(table->header() ==
        "#read_id\tflag\tchrom\tpos\tmapq\tlength\tn_frac\tlabel\tscore\tp_coding\tp_tab%09bed\t"
        "status\n");
  const auto batch = test::read_sam(
      "@SQ\tSN:chr1\tLN:1000\n@SQ\tSN:HLA-A*01:01\tLN:50\n"
      "r1\t16\tHLA-A*01:01\t7\t60\t4M\t*\t0\t0\tACGN\t*\n"
      "r2\t4\t*\t0\t0\t*\t*\t0\t0\t*\t*\n"
      "r3\t69\tchr1\t1000\t0\t*\t*\t0\t0\tA\t*\n"
      "r3\t3844\tchr1\t0\t255\t1M\t*\t0\t0\tA\t*\n");
  const std::vector<RecordScore> scores = {scored({0.25, 0.75}, 4, 1), skipped(Status::empty),
                                           skipped(Status::too_short, 1), scored({0.5, 0.5}, 1, 0)};
  CHECK(table->format(batch, scores) ==
        "r1\t16\tHLA-A*01:01\t7\t60\t4\t0.2500\ttab%09bed\t0.750000\t0.250000\t0.750000\tOK\n"
        "r2\t4\t*\t0\t0\t0\t.\t.\t.\t.\t.\tEMPTY\n"
        "r3\t69\tchr1\t1000\t0\t1\t0.0000\t.\t.\t.\t.\tTOO_SHORT\n"
        "r3\t3844\t*\t0\t255\t1\t0.0000\tcoding\t0.500000\t0.500000\t0.500000\tOK\n");
  CHECK(table->collect(batch, scores).empty());
}

TEST_CASE("rows of regions: the mean of the scored reads, across batches") {
  const auto table = region_table({"a", "b"});
  CHECK(table->header() ==
        "#chrom\tstart\tend\tn_reads\tlabel\tscore\tp_a\tp_b\tentropy\tstatus\n");
  // Three scored reads and two that were not, in three batches: (1 + 1/2 + 1/2) / 3 = 2/3.
  CHECK(
      table->collect(batch_of(2, {}), std::vector{scored({1, 0}), skipped(Status::empty)}).empty());
  CHECK(table->collect(batch_of(0, {}), {}).empty());
  const std::vector<RecordScore> second = {scored({0.5, 0.5}), scored({0.5, 0.5}),
                                           skipped(Status::too_short), scored({0, 1})};
  CHECK(table->collect(batch_of(4, {{{"chr1", 0, 100}, 3}, {{"chr1", 50, 60}, 3}}), second) ==
        "chr1\t0\t100\t3\ta\t0.666667\t0.666667\t0.333333\t0.918296\tOK\n"
        "chr1\t50\t60\t0\t.\t.\t.\t.\t.\tEMPTY\n");
  // The last read of the second batch, and one that was not scored in a batch of its own.
  CHECK(table->collect(batch_of(1, {{{"x", 7, 8}, 0}, {{"x", 8, 9}, 1}}),
                       std::vector{skipped(Status::empty)}) ==
        "x\t7\t8\t1\tb\t1.000000\t0.000000\t1.000000\t0.000000\tOK\n"
        "x\t8\t9\t0\t.\t.\t.\t.\t.\tEMPTY\n");
}

TEST_CASE("a region's mean is of unrounded probabilities, its label of the rounded mean") {
  const auto table = region_table({"a", "b", "c"});
  // b has the larger mean, but prints as a does; of rounded reads c would be 0.200000.
  const std::vector<RecordScore> scores = {scored({0.4000004, 0.4000004, 0.1999992}),
                                           scored({0.4000000, 0.4000004, 0.1999996})};
  CHECK(table->collect(batch_of(2, {{{"r", 0, 9}, 2}}), scores) ==
        "r\t0\t9\t2\ta\t0.400000\t0.400000\t0.400000\t0.199999\t1.521927\tOK\n");
}

TEST_CASE("added columns: names, top three, ties in the order of the classes") {
  const RowLayout layout{.header = "id,sequence", .separator = ',', .line_end = "\n"};
  const auto table = row_table(layout, {"a", "b", "c", "d"});
  CHECK(table->header() ==
        "id,sequence,label,score,label_2,score_2,label_3,score_3,p_a,p_b,p_c,p_d,status\n");
  const auto batch = rows_of({"1,ACGT", "\"a \"\"b\"\",\nc\",<ACGT>", "3,"});
  const std::vector<RecordScore> scores = {
      scored({0.1, 0.4, 0.1, 0.4}), scored({0.0999996, 0.1, 0.1, 0.7}), skipped(Status::empty)};
  CHECK(table->format(batch, scores) ==
        "1,ACGT,b,0.400000,d,0.400000,a,0.100000,0.100000,0.400000,0.100000,0.400000,OK\n"
        "\"a \"\"b\"\",\nc\",<ACGT>,d,0.700000,a,0.100000,b,0.100000,"
        "0.100000,0.100000,0.100000,0.700000,OK\n"
        "3,,,,,,,,,,,,EMPTY\n");
  CHECK(table->collect(batch, scores).empty());
}

TEST_CASE("added columns of models with fewer than three classes") {
  const auto two = row_table({.header = "s"}, {"no", "yes"});
  CHECK(two->header() == "s,label,score,label_2,score_2,p_no,p_yes,status\n");
  CHECK(two->format(rows_of({"A"}), std::vector{scored({0.25, 0.75})}) ==
        "A,yes,0.750000,no,0.250000,0.250000,0.750000,OK\n");
  const auto one = row_table({.header = "s"}, {"all"});
  CHECK(one->header() == "s,label,score,p_all,status\n");
  CHECK(one->format(rows_of({"A", "B"}), std::vector{scored({1.0}), skipped(Status::empty)}) ==
        "A,all,1.000000,1.000000,OK\nB,,,,EMPTY\n");
}

TEST_CASE("added cells are quoted where they must be, for the table's separator") {
  const std::vector<std::string> classes = {"a,b", "say \"x\"", "t\tab", "li\nne"};
  const auto csv = row_table({.header = "s"}, classes);
  CHECK(csv->header() ==
        "s,label,score,label_2,score_2,label_3,score_3,\"p_a,b\",\"p_say \"\"x\"\"\",p_t\tab,"
        "\"p_li\nne\",status\n");
  CHECK(csv->format(rows_of({"A"}), std::vector{scored({0.3, 0.2, 0.1, 0.4})}) ==
        "A,\"li\nne\",0.400000,\"a,b\",0.300000,\"say \"\"x\"\"\",0.200000,"
        "0.300000,0.200000,0.100000,0.400000,OK\n");
  const auto tsv =
      row_table({.header = "s\tn", .separator = '\t', .line_end = "\r\n"}, {"a,b", "t\tab"});
  CHECK(tsv->header() == "s\tn\tlabel\tscore\tlabel_2\tscore_2\tp_a,b\t\"p_t\tab\"\tstatus\r\n");
  CHECK(tsv->format(rows_of({"A\t1"}), std::vector{scored({0.25, 0.75})}) ==
        "A\t1\t\"t\tab\"\t0.750000\ta,b\t0.250000\t0.250000\t0.750000\tOK\r\n");
}

TEST_CASE("names that the header has already") {
  CHECK(header_with("seq,label", {"x"}) == "seq,label,vio_label,vio_score,vio_p_x,vio_status\n");
  CHECK(header_with("seq,\"p_a,b\"", {"a,b"}) ==
        "seq,\"p_a,b\",vio_label,vio_score,\"vio_p_a,b\",vio_status\n");
  // Annotated a second and a third time.
  CHECK(header_with("seq,label,vio_score", {"x"}) ==
        "seq,label,vio_score,vio_vio_label,vio_vio_score,vio_vio_p_x,vio_vio_status\n");
  // What only looks alike is no name of the header.
  CHECK(header_with("seq,\"a,label\",Label,score_2", {"x"}) ==
        "seq,\"a,label\",Label,score_2,label,score,p_x,status\n");
}

TEST_CASE("class names as text tags of SAM") {
  CHECK(sam_class_name("plain name/1.x") == "plain name/1.x");
  CHECK(sam_class_name("t\tab 5% \xc3\xa4\n\x7f") == "t%09ab 5%25 %C3%A4%0A%7F");
}

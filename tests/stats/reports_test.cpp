#include "vio/stats/reports.hpp"

#include <algorithm>
#include <sstream>

#include "catch.hpp"
#include "run_stats_cases.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using stats::report_page;
using stats::RunSection;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a sample is called as its file, less the suffixes of formats") {
  CHECK(stats::sample_name("/data/NA12878.chr20.vcf.gz") == "NA12878.chr20");
  CHECK(stats::sample_name("genes.fa") == "genes");
  CHECK(stats::sample_name("reads.fastq.bgz") == "reads");
  CHECK(stats::sample_name("x.bam") == "x");
  CHECK(stats::sample_name("plain") == "plain");
  CHECK(stats::sample_name(".fa") == ".fa");
  CHECK(stats::sample_name("-").empty());
}

TEST_CASE("the page has a section for whatever there is") {
  const auto sequences = report_page(test::sequence_stats(50), RunSection::shown);
  CHECK(has(sequences, "<title>vio-annotate: genes</title>"));
  CHECK(has(sequences, ">Nothing was skipped.<"));
  CHECK(has(sequences, ">Along the contigs</h2>"));
  CHECK_FALSE(has(sequences, "Changes from REF to ALT"));
  CHECK(has(sequences, "data-contig=\"chr&lt;1&gt;\""));
  CHECK(has(sequences, "data-key=\"/windows/scored\">50<"));
  const auto variants = report_page(test::variant_stats(), RunSection::shown);
  CHECK(has(variants, ">Changes from REF to ALT</h2>"));
  CHECK(has(variants, "data-key=\"/alleles/skipped/SYMBOLIC\""));
  CHECK(has(variants, "data-value=\"2\" data-key=\"/summary/label_changes\""));
  const auto nothing = report_page(test::sequence_stats(0), RunSection::shown);
  CHECK(has(nothing, "No data"));
  CHECK_FALSE(has(nothing, "Along the contigs"));
}

TEST_CASE("names on the page are text") {
  const auto page = report_page(test::sequence_stats(50), RunSection::shown);
  CHECK_FALSE(has(page, "b <c>"));
  CHECK_FALSE(has(page, "chr<1>"));
  CHECK_FALSE(has(page, "genes <1>"));
}

TEST_CASE("what differs from run to run stands in one section") {
  auto one = test::sequence_stats(50);
  auto other = one;
  other.seconds = {5, 5, 1, 1, 1};
  other.peak_memory_bytes = 1;
  other.threads = 9;
  other.command = "another";
  other.version = "9.9";
  other.device = "cuda:1";
  other.positions_computed = 1;
  other.parts = 3;
  const auto without = report_page(one, RunSection::left_out);
  CHECK(report_page(other, RunSection::left_out) == without);
  const auto with = report_page(one, RunSection::shown);
  CHECK(report_page(other, RunSection::shown) != with);
  const auto body = without.substr(0, without.rfind("</section>"));
  CHECK(has(with, body.substr(body.find("<main>"))));
}

TEST_CASE("many contigs: the page draws few, and no memory is needed for the rest") {
  auto stats = test::sequence_stats(0);
  for (int contig = 0; contig < 1000; ++contig) {
    for (std::int64_t i = 0; i < 10; ++i) {
      stats.summary.tracks.add("contig" + std::to_string(contig), i * 100, i * 100 + 50, 500'000);
    }
  }
  const auto page = report_page(stats, RunSection::left_out);
  std::size_t drawn = 0;
  for (auto at = page.find("<g data-contig"); at != std::string::npos;
       at = page.find("<g data-contig", at + 1)) {
    ++drawn;
  }
  CHECK(drawn == 24);
  CHECK(has(page, ">all others<"));
  CHECK(page.size() < 300'000);
}

TEST_CASE("MultiQC: three files, whose names and heads it knows") {
  auto stats = test::variant_stats();
  stats.sample = "sample\t1";
  const auto files = stats::multiqc_files(stats, "out/x_mqc.tsv");
  REQUIRE(files.size() == 3);
  CHECK(files[0].path == "out/x_mqc.tsv");
  CHECK(files[1].path == "out/x_skipped_mqc.tsv");
  CHECK(files[2].path == "out/x_run_mqc.tsv");
  for (const auto& file : files) {
    const auto lines = lines_of(file.text);
    REQUIRE(lines.size() > 5);
    CHECK(lines[0].starts_with("# id: vio_annotate_"));
    CHECK(std::all_of(lines.begin(), lines.end() - 2,
                      [](const auto& line) { return line.starts_with("# "); }));
    const auto& head = lines[lines.size() - 2];
    const auto& row = lines.back();
    CHECK(head.starts_with("Sample\t"));
    CHECK(row.starts_with("sample%091\t"));
    CHECK(std::ranges::count(head, '\t') == std::ranges::count(row, '\t'));
  }
  CHECK(lines_of(files[0].text).back() == "sample%091\t6\t0");
  CHECK(lines_of(files[1].text).back() == "sample%091\t6\t1\t1");
}

TEST_CASE("MultiQC finds files by their ending only") {
  CHECK_THROWS_AS(stats::multiqc_paths("x.tsv"), core::UsageError);
  CHECK_THROWS_AS(stats::multiqc_paths("-"), core::UsageError);
}

#include <htslib/bgzf.h>

#include <filesystem>
#include <functional>
#include <iterator>

#include "catch.hpp"
#include "sink/tagged_alignments.hpp"
#include "support/standard_output.hpp"
#include "vio/core/error.hpp"

using namespace vio;
namespace fs = std::filesystem;
using test::score_of;

namespace {

const std::vector<std::string> classes = {"no", "yes"};

source::RecordBatch rows_of(const std::vector<std::string>& texts) {
  std::vector<source::TableRow> rows(texts.size());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].text = texts[i];
  source::RecordBatch batch;
  batch.records = std::move(rows);
  return batch;
}

source::RecordBatch reads() {
  auto batch = test::read_sam(
      "@SQ\tSN:c\tLN:100\nr\t0\tc\t5\t9\t4M\t*\t0\t0\tACGT\t*\ns\t4\t*\t0\t0\t*\t*\t0\t0\t*\t*\n");
  batch.region_ends = {{{"c", 0, 50}, 2}, {{"c", 50, 60}, 2}};
  return batch;
}

/// How a table is opened, and a batch for it.
struct Kind {
  std::function<std::unique_ptr<sink::RecordOutput>(const sink::RecordTableOptions&,
                                                    sink::TemporaryFiles&)>
      open;
  std::function<source::RecordBatch()> batch;
  std::string lines;
};

std::vector<Kind> kinds() {
  return {{[](const auto& options, auto& temporaries) {
             return sink::open_read_table(options, classes, temporaries);
           },
           reads,
           "#read_id\tflag\tchrom\tpos\tmapq\tlength\tn_frac\tlabel\tscore\tp_no\tp_yes\tstatus\n"
           "r\t0\tc\t5\t9\t0\t.\tyes\t0.750000\t0.250000\t0.750000\tOK\n"
           "s\t4\t*\t0\t0\t0\t.\t.\t.\t.\t.\tTOO_SHORT\n"},
          {[](const auto& options, auto& temporaries) {
             return sink::open_region_table(options, classes, temporaries);
           },
           reads,
           "#chrom\tstart\tend\tn_reads\tlabel\tscore\tp_no\tp_yes\tentropy\tstatus\n"
           "c\t0\t50\t1\tyes\t0.750000\t0.250000\t0.750000\t0.811278\tOK\n"
           "c\t50\t60\t0\t.\t.\t.\t.\t.\tEMPTY\n"},
          {[](const auto& options, auto& temporaries) {
             return sink::open_row_table(options,
                                         {.header = "id;s", .separator = ';', .line_end = "\r\n"},
                                         classes, temporaries);
           },
           [] {
             return rows_of({"1;ACGT", "\"2\r\n\";<A>"});
           },
           "id;s;label;score;label_2;score_2;p_no;p_yes;status\r\n"
           "1;ACGT;yes;0.750000;no;0.250000;0.250000;0.750000;OK\r\n"
           "\"2\r\n\";<A>;;;;;;;TOO_SHORT\r\n"}};
}

const test::Scores scores = {score_of({0.25, 0.75}), score_of({})};

void write(const Kind& kind, const sink::RecordTableOptions& options) {
  sink::TemporaryFiles temporaries;
  const auto output = kind.open(options, temporaries);
  auto batch = kind.batch();
  const auto text = output->format(batch, scores);
  output->write(batch, scores, text);
  output->flush();
  output->finish();
}

std::string decompressed(const fs::path& path) {
  const std::unique_ptr<BGZF, int (*)(BGZF*)> file(bgzf_open(path.c_str(), "r"), bgzf_close);
  REQUIRE(bgzf_compression(file.get()) == 2);
  std::string text(1 << 16, '\0');
  text.resize(static_cast<std::size_t>(bgzf_read(file.get(), text.data(), text.size())));
  return text;
}

}  // namespace

TEST_CASE("tables of records: header, lines, compression, standard output") {
  const test::TemporaryFolder folder;
  for (const auto& kind : kinds()) {
    const auto path = folder.path() / "table";
    write(kind, {.path = path.string()});
    CHECK(test::read_bytes(path) == kind.lines);
    write(kind, {.path = path.string(), .compression = sink::Compression::bgzf, .threads = 2});
    CHECK(decompressed(path) == kind.lines);
    {
      const test::RedirectedStandardOutput redirected(path);
      write(kind, {});
    }
    CHECK(test::read_bytes(path) == kind.lines);
  }
}

TEST_CASE("tables of records: whole or not at all") {
  for (const auto& kind : kinds()) {
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "table";
    {
      sink::TemporaryFiles temporaries;
      const auto output = kind.open({.path = path.string()}, temporaries);
      auto batch = kind.batch();
      output->write(batch, scores, output->format(batch, scores));
      CHECK_FALSE(fs::exists(path));
    }
    CHECK(fs::is_empty(folder.path()));
    CHECK_THROWS_AS(write(kind, {.path = "/dev/full"}), core::OutputError);
    CHECK_THROWS_AS(
        [&] {
          const test::BrokenStandardOutput broken;
          write(kind, {});
        }(),
        core::ClosedPipe);
  }
}

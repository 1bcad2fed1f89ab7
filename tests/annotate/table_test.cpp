#include "vio/annotate/table.hpp"

#include "catch.hpp"
#include "support/scored.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using namespace vio::annotate;
using core::Status;
using test::add_window;
using test::end_unit;

TEST_CASE("window rows: header, a scored row, rows that were skipped") {
  const auto table = window_table({"coding", "tab\tbed"}, Strand::both);
  CHECK(
      table->header() ==
      "#seq_id\tstart\tend\tstrand\tlength\tn_frac\tlabel\tscore\tp_coding\tp_tab%09bed\tstatus\n");
  ScoredBatch batch;
  batch.encoded.units.push_back(test::make_unit(0, "chr1"));
  add_window(batch, 0, 8, Status::ok, 2, {0.25F, 0.75F});
  add_window(batch, 8, 9, Status::too_short, 1, {0, 0});
  batch.encoded.units.push_back(test::make_unit(1, "none"));
  add_window(batch, 0, 0, Status::empty, 0, {0, 0});
  CHECK(table->format(batch) ==
        "chr1\t0\t8\t.\t8\t0.2500\ttab%09bed\t0.750000\t0.250000\t0.750000\tOK\n"
        "chr1\t8\t9\t.\t1\t1.0000\t.\t.\t.\t.\tTOO_SHORT\n"
        "none\t0\t0\t.\t0\t.\t.\t.\t.\t.\tEMPTY\n");
  CHECK(skipped_lines(batch.encoded) ==
        "chr1\t8\t9\tTOO_SHORT\tshorter than --min-len\nnone\t0\t0\tEMPTY\tno sequence\n");
}

TEST_CASE("sequence rows: the mean weighted by known positions, across batches") {
  const auto table = sequence_table({"a", "b"});
  CHECK(table->header() == "#seq_id\tlength\tn_windows\tlabel\tscore\tp_a\tp_b\tentropy\tstatus\n");
  const auto unit = test::make_unit(0, "chr1");
  ScoredBatch first;
  first.encoded.units.push_back(unit);
  add_window(first, 0, 10, Status::ok, 0, {1, 0});
  add_window(first, 10, 20, Status::ok, 5, {0, 1});
  CHECK(table->collect(first).empty());
  ScoredBatch second;
  second.encoded.units.push_back(unit);
  add_window(second, 20, 22, Status::too_short, 0, {0, 0});
  end_unit(second, 22);
  second.encoded.units.push_back(test::make_unit(1, "r2"));
  add_window(second, 0, 4, Status::ok, 4, {0.5F, 0.5F});
  end_unit(second, 4);
  second.encoded.units.push_back(test::make_unit(2, "r3"));
  add_window(second, 0, 0, Status::empty, 0, {0, 0});
  end_unit(second, 0);
  CHECK(table->collect(second) ==
        "chr1\t22\t2\ta\t0.666667\t0.666667\t0.333333\t0.918296\tOK\n"
        "r2\t4\t1\ta\t0.500000\t0.500000\t0.500000\t1.000000\tOK\n"
        "r3\t0\t0\t.\t.\t.\t.\t.\tEMPTY\n");
}

TEST_CASE("a record is scored if any window is, else counts under its first reason") {
  Accounting accounting;
  RecordTally tally;
  const auto unit = test::make_unit(0, "a");
  ScoredBatch first;
  first.encoded.units.push_back(unit);
  add_window(first, 0, 1, Status::too_short, 0, {});
  tally.add(first.encoded, accounting);
  CHECK(accounting.records.scored + accounting.records.skipped_total() == 0);
  ScoredBatch second;
  second.encoded.units.push_back(unit);
  add_window(second, 1, 9, Status::ok, 0, {});
  end_unit(second, 9);
  second.encoded.units.push_back(test::make_unit(1, "b"));
  add_window(second, 0, 0, Status::empty, 0, {});
  end_unit(second, 0);
  second.encoded.units.push_back(test::make_unit(2, "nothing of it in this shard"));
  end_unit(second, 100);
  tally.add(second.encoded, accounting);
  CHECK(accounting.records.scored == 1);
  CHECK(accounting.records.skipped[static_cast<std::size_t>(Status::empty)] == 1);
  CHECK(accounting.records.skipped_total() == 1);
  CHECK(accounting.windows.scored == 1);
  CHECK(accounting.windows.skipped_total() == 2);
}

TEST_CASE("accounts that do not balance are an internal error") {
  Accounting accounting;
  accounting.records.read = 2;
  accounting.records.add(Status::ok);
  CHECK_THROWS_AS(check_balance(accounting), core::InternalError);
  accounting.records.add(Status::empty);
  CHECK_NOTHROW(check_balance(accounting));
  CHECK(accounting.records.skipped_fraction() == 0.5);
  accounting.windows.add(Status::ok);
  CHECK_THROWS_AS(check_balance(accounting), core::InternalError);
}

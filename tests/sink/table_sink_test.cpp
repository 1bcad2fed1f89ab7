#include "vio/sink/table_sink.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "catch.hpp"
#include "support/htslib_leaks.hpp"
#include "support/temporary_folder.hpp"
#include "vio/core/error.hpp"

using namespace vio;
namespace fs = std::filesystem;

namespace {

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

}  // namespace

TEST_CASE("a table appears under its name only when it is finished") {
  const test::TemporaryFolder folder;
  sink::TemporaryFiles temporaries;
  const auto file = folder.path() / "out.tsv";
  {
    sink::TableSink sink({.path = file.string()}, temporaries);
    sink.write("abandoned\n");
    CHECK_FALSE(fs::exists(file));
    CHECK(files_in(folder.path()) == 1);
  }
  CHECK(files_in(folder.path()) == 0);
  sink::TableSink sink({.path = file.string()}, temporaries);
  sink.write("kept\n");
  sink.finish();
  CHECK(test::read_bytes(file) == "kept\n");
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("an old file stays until the new one is whole, and permissions follow the umask") {
  const test::TemporaryFolder folder;
  sink::TemporaryFiles temporaries;
  const auto file = folder.path() / "out.tsv";
  std::ofstream(file) << "old\n";
  const auto old_mask = umask(022);
  sink::TableSink sink({.path = file.string()}, temporaries);
  sink.write("new\n");
  sink.flush();
  CHECK(test::read_bytes(file) == "old\n");
  sink.finish();
  umask(old_mask);
  CHECK(test::read_bytes(file) == "new\n");
  CHECK((fs::status(file).permissions() & fs::perms::all) ==
        (fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read |
         fs::perms::others_read));
}

TEST_CASE("a full disk is an error, not a short file") {
  sink::TemporaryFiles temporaries;
  for (const auto compression : {sink::Compression::none, sink::Compression::bgzf}) {
    const auto fill = [&] {
      sink::TableSink sink({.path = "/dev/full", .compression = compression}, temporaries);
      sink.write("a row\n");
      sink.finish();
    };
    CHECK_THROWS_AS(fill(), core::OutputError);
  }
}

TEST_CASE("an output that cannot be created is a usage error") {
  sink::TemporaryFiles temporaries;
  CHECK_THROWS_AS(sink::TableSink({.path = "/nonexistent/out.tsv"}, temporaries), core::UsageError);
  CHECK_THROWS_AS(sink::TableSink({.path = "/tmp"}, temporaries), core::UsageError);
}

TEST_CASE("rows that are not sorted cannot be indexed") {
  const test::TemporaryFolder folder;
  sink::TemporaryFiles temporaries;
  const sink::TableSinkOptions options{.path = (folder.path() / "t.tsv.gz").string(),
                                       .compression = sink::Compression::bgzf,
                                       .write_index = true};
  {
    sink::TableSink sink(options, temporaries);
    sink.note_row("chr1", 5, 9);
    sink.note_row("chr1", 5, 7);
    CHECK_THROWS_AS(sink.note_row("chr1", 4, 9), core::InputError);
  }
  sink::TableSink sink(options, temporaries);
  sink.note_row("chr1", 5, 9);
  sink.note_row("chr2", 1, 2);
  CHECK_THROWS_AS(sink.note_row("chr1", 10, 12), core::InputError);
}

TEST_CASE("an indexed table comes with its index") {
  const test::TemporaryFolder folder;
  sink::TemporaryFiles temporaries;
  const auto file = folder.path() / "t.tsv.gz";
  sink::TableSink sink(
      {.path = file.string(), .compression = sink::Compression::bgzf, .write_index = true},
      temporaries);
  sink.write("#seq_id\tstart\tend\nchr1\t0\t10\nchr1\t10\t20\n");
  sink.note_row("chr1", 0, 10);
  sink.note_row("chr1", 10, 20);
  sink.finish();
  CHECK(fs::exists(file));
  CHECK(fs::exists(folder.path() / "t.tsv.gz.tbi"));
  CHECK(files_in(folder.path()) == 2);
}

TEST_CASE("a contig too long for TBI gets a CSI index") {
  const test::TemporaryFolder folder;
  sink::TemporaryFiles temporaries;
  const auto file = folder.path() / "t.tsv.gz";
  sink::TableSink sink(
      {.path = file.string(), .compression = sink::Compression::bgzf, .write_index = true},
      temporaries);
  sink.write("chr1\t600000000\t600000010\n");
  sink.note_row("chr1", 600'000'000, 600'000'010);
  sink.finish();
  CHECK(fs::exists(folder.path() / "t.tsv.gz.csi"));
  CHECK_FALSE(fs::exists(folder.path() / "t.tsv.gz.tbi"));
  CHECK(files_in(folder.path()) == 2);
}

TEST_CASE("temporary files of an interrupted run go") {
  const test::TemporaryFolder folder;
  sink::TemporaryFiles temporaries;
  sink::TableSink sink({.path = (folder.path() / "out.tsv").string()}, temporaries);
  CHECK(files_in(folder.path()) == 1);
  temporaries.remove_all();
  CHECK(files_in(folder.path()) == 0);
}

#include "vio/pipeline/sequence_pipeline.hpp"

#include <atomic>
#include <fstream>
#include <iterator>
#include <random>
#include <stdexcept>

#include "catch.hpp"
#include "support/counting_engine.hpp"
#include "support/memory_source.hpp"
#include "support/temporary_folder.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using test::CountingEngine;

namespace {

struct Run {
  std::string output;
  pipeline::Summary summary;
};

struct Setting {
  int threads = 1;
  std::size_t batch = 4;
  bool by_sequence = false;
  annotate::Strand strand = annotate::Strand::forward;
  std::function<void(encode::EncodedBatch&)> on_encoded = {};
};

std::vector<test::MemorySource::Record> random_records(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<test::MemorySource::Record> records;
  records.reserve(40);
  for (int i = 0; i < 40; ++i) {
    records.push_back(
        {std::to_string(i), test::random_text(random, random() % 3 * (random() % 300))});
  }
  return records;
}

Run run(const std::vector<test::MemorySource::Record>& records, const Setting& setting,
        CountingEngine& engine) {
  const test::TemporaryFolder folder;
  sink::TemporaryFiles temporaries;
  const auto file = (folder.path() / "out.tsv").string();
  test::MemorySource source(records, static_cast<unsigned>(setting.batch));
  window::BatchReader reader(
      source, {.window = 50, .stride = 20, .min_length = 5, .max_windows = setting.batch});
  const auto alphabet = core::Alphabet::dna();
  const auto table = setting.by_sequence ? annotate::sequence_table({"a", "b"})
                                         : annotate::window_table({"a", "b"}, setting.strand);
  sink::TableSink sink({.path = file}, temporaries);
  Run result;
  result.summary = pipeline::run_sequences(
      {reader, alphabet, engine, *table, sink, nullptr, setting.on_encoded},
      {.threads = setting.threads, .n_classes = 2, .strand = setting.strand, .on_progress = {}});
  sink.finish();
  std::ifstream in(file);
  result.output.assign(std::istreambuf_iterator<char>(in), {});
  return result;
}

}  // namespace

TEST_CASE("rows are the same bytes for any threads and batch size", "[tbb]") {
  const auto records = random_records(7);
  for (const bool by_sequence : {false, true}) {
    for (const auto strand : {annotate::Strand::forward, annotate::Strand::both}) {
      CountingEngine engine;
      const auto expected = run(records, {1, 1, by_sequence, strand, {}}, engine);
      CHECK(std::count(expected.output.begin(), expected.output.end(), '\n') >= 40);
      for (const int threads : {1, 2, 8}) {
        for (const std::size_t batch : {1U, 7U, 64U, 100000U}) {
          const auto actual = run(records, {threads, batch, by_sequence, strand, {}}, engine);
          CHECK(actual.output == expected.output);
          CHECK_NOTHROW(annotate::check_balance(actual.summary.accounting));
          CHECK(actual.summary.positions_requested == expected.summary.positions_requested);
        }
      }
    }
  }
}

TEST_CASE("both strands are the mean of the two", "[tbb]") {
  CountingEngine engine;
  const auto result =
      run({{"r", "AAAT"}, {"s", "AACCC"}}, {.strand = annotate::Strand::both}, engine);
  CHECK(result.output ==
        "r\t0\t4\t.\t4\t0.0000\t.\t.\t.\t.\tTOO_SHORT\n"
        "s\t0\t5\t.\t5\t0.0000\tb\t0.800000\t0.200000\t0.800000\tOK\n");
}

TEST_CASE("an exception in any thread stops the run and comes out", "[tbb]") {
  const auto records = random_records(3);
  for (const int threads : {1, 4}) {
    CountingEngine engine;
    engine.fail_at_call = 20;
    CHECK_THROWS_WITH(run(records, {.threads = threads}, engine), "injected failure");
  }
}

TEST_CASE("rows lost on the way are noticed", "[tbb]") {
  CountingEngine engine;
  const auto records = random_records(11);
  const auto whole = run(records, {.threads = 2, .batch = 3}, engine).summary;
  CHECK(whole.accounting.records.read == records.size());
  CHECK_NOTHROW(annotate::check_balance(whole.accounting));

  Setting lossy{.threads = 2, .batch = 3};
  std::atomic<int> batches = 0;
  lossy.on_encoded = [&](encode::EncodedBatch& batch) {
    if (batches++ == 2 && !batch.windows.empty()) {
      batch.windows.pop_back();
      batch.unknown.pop_back();
    }
  };
  const auto torn = run(records, lossy, engine).summary;
  CHECK(torn.accounting.windows.read == whole.accounting.windows.read);
  CHECK_THROWS_AS(annotate::check_balance(torn.accounting), core::InternalError);
}

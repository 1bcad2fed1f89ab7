// The parallel stages are plain functions: here they run in threads of the standard library, which
// the thread sanitizer sees through.
#include <atomic>
#include <random>
#include <thread>

#include "catch.hpp"
#include "pipeline/score.hpp"
#include "support/counting_engine.hpp"
#include "support/memory_source.hpp"
#include "vio/window/batch_reader.hpp"

using namespace vio;

namespace {

std::vector<window::TextBatch> read_batches() {
  std::mt19937 random(5);
  test::MemorySource source({{"a", test::random_text(random, 4000)}, {"b", ""}, {"c", "ACG"}}, 2);
  window::BatchReader reader(source,
                             {.window = 60, .stride = 13, .min_length = 4, .max_windows = 9});
  std::vector<window::TextBatch> batches;
  while (auto batch = reader.next()) {
    batches.push_back(*std::move(batch));
  }
  return batches;
}

}  // namespace

TEST_CASE("encoding, scoring and formatting share an engine and a table between threads") {
  const auto alphabet = core::Alphabet::dna();
  const auto table = annotate::window_table({"a", "b"}, annotate::Strand::both);
  test::CountingEngine engine;
  const auto batches = read_batches();
  REQUIRE(batches.size() > 20);
  const auto lines_of = [&](const window::TextBatch& batch) {
    return table->format(
        pipeline::score(encode::encode(batch, alphabet), engine, annotate::Strand::both, 2));
  };

  std::vector<std::string> expected;
  expected.reserve(batches.size());
  for (const auto& batch : batches) {
    expected.push_back(lines_of(batch));
  }
  std::vector<std::string> actual(batches.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < batches.size(); i = next++) {
      actual[i] = lines_of(batches[i]);
    }
  };
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back(work);
  }
  for (auto& thread : threads) {
    thread.join();
  }
  CHECK(actual == expected);
}

// The batching of the GPU path, with runners that need no device and can run out of memory.

#include "engine/torch/batched_engine.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <numeric>
#include <thread>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "random_cases.hpp"
#include "vio/core/error.hpp"
#include "vio/engine/reference/reference_engine.hpp"

using namespace vio;
using test::RandomCases;

namespace {

struct Log {
  std::size_t fits = 1000000;  ///< positions; larger batches are out of memory
  std::atomic<int> failures = 0;
  std::mutex mutex;
  std::int64_t radius = 0;  ///< of the spec, where windows share work
  std::atomic<int> shared = 0;
  int running = 0;
  int most_running = 0;
  std::vector<std::pair<std::size_t, std::int64_t>> shapes;  ///< of the batches that ran
};

/// "Scores" a row as the mean of its real codes and its padded length.
class FakeRunner final : public engine::BatchRunner {
 public:
  FakeRunner(Log& log, bool keep_shapes) : log_(log), keep_shapes_(keep_shapes) {}

  engine::BatchInput input(std::size_t rows, std::int64_t length) override {
    codes_.assign(rows * static_cast<std::size_t>(length), 99);
    lengths_.assign(rows, -1);
    whole_ = std::make_unique<bool[]>(rows);
    length_ = static_cast<std::size_t>(length);
    return {codes_, lengths_, {whole_.get(), rows}};
  }

  std::span<const float> run() override {
    work(codes_.size());
    if (keep_shapes_) {
      log_.shapes.emplace_back(lengths_.size(), length_);
    }
    scores_.clear();
    for (std::size_t row = 0; row < lengths_.size(); ++row) {
      score(row);
    }
    return scores_;
  }

  std::span<const float> run(const engine::SharedBatch& batch) override {
    work(batch.codes.size());
    ++log_.shared;
    const auto table = pooled_table(batch);
    scores_.clear();
    for (std::size_t i = 0; i < batch.windows.size(); ++i) {
      float sum = 0;
      for (auto m = batch.offsets[i]; m < batch.offsets[i + 1]; ++m) {
        sum += table.at(static_cast<std::size_t>(batch.members[static_cast<std::size_t>(m)]));
      }
      scores_.push_back(sum);
      scores_.push_back(batch.whole[i] != 0 ? 1.0F : 0.0F);
    }
    return scores_;
  }

 private:
  void work(std::size_t positions) {
    count_running(1);
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    count_running(-1);
    if (positions > log_.fits) {
      ++log_.failures;
      throw engine::OutOfDeviceMemory("injected");
    }
  }

  /// Sums of codes: of every position, every block and the own positions of every region.
  [[nodiscard]] std::vector<float> pooled_table(const engine::SharedBatch& batch) const {
    std::vector<float> table(batch.codes.begin(), batch.codes.end());
    REQUIRE(table.size() % engine::SharedBatch::kBlock == 0);
    for (std::size_t i = 0; i < batch.codes.size(); i += engine::SharedBatch::kBlock) {
      const auto block = std::span(batch.codes).subspan(i, engine::SharedBatch::kBlock);
      table.push_back(std::accumulate(block.begin(), block.end(), 0.0F));
    }
    for (const auto& regions : batch.regions) {
      const auto columns = regions.lengths.size();
      for (std::size_t k = 0; k < columns; ++k) {
        const auto first = regions.before - std::min(regions.before, log_.radius);
        const auto last =
            regions.before + regions.lengths[k] + std::min(regions.after, log_.radius);
        float sum = 0;
        for (auto w = first; w < last; ++w) {
          const auto at = static_cast<std::size_t>(w) * columns + k;
          sum += regions.places[at] >= 0 ? static_cast<float>(regions.codes[at]) : 0.0F;
        }
        table.push_back(sum);
      }
    }
    return table;
  }

  void count_running(int change) {
    const std::lock_guard lock(log_.mutex);
    log_.running += change;
    log_.most_running = std::max(log_.most_running, log_.running);
  }

  void score(std::size_t row) {
    const auto begin = codes_.begin() + static_cast<std::ptrdiff_t>(row * length_);
    const auto real = begin + lengths_[row];
    // Nothing but padding after the real positions.
    const bool padded = std::all_of(real, begin + static_cast<std::ptrdiff_t>(length_),
                                    [](core::Code code) { return code == 5; });
    scores_.push_back(padded ? std::accumulate(begin, real, 0.0F) : -1.0F);
    scores_.push_back(whole_[row] ? 1.0F : 0.0F);
  }

  Log& log_;
  bool keep_shapes_;
  std::vector<core::Code> codes_;
  std::vector<std::int64_t> lengths_;
  std::unique_ptr<bool[]> whole_;
  std::size_t length_ = 0;
  std::vector<float> scores_;
};

engine::BatchedEngine make_engine(const model::Spec& spec, Log& log, std::size_t batch,
                                  int runners = 1) {
  auto model = std::make_shared<model::Model>();
  model->spec = spec;
  std::vector<std::unique_ptr<engine::BatchRunner>> made;
  made.reserve(static_cast<std::size_t>(runners));
  for (int i = 0; i < runners; ++i) {
    made.push_back(std::make_unique<FakeRunner>(log, runners == 1));
  }
  return {std::move(model), "fake", batch, std::move(made)};
}

/// Views of spec.window positions, a few symbols from each other, many with an edit.
std::unique_ptr<test::Windows> overlapping_windows(RandomCases& cases, const model::Spec& spec,
                                                   std::size_t count) {
  auto made = std::make_unique<test::Windows>();
  made->block = cases.block_of(static_cast<std::size_t>(spec.window) + count * 40);
  made->alts.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto begin = static_cast<std::int64_t>(i) * cases.between(0, 40);
    auto window = test::plain_view(made->block, begin, begin + spec.window);
    window.reverse = cases.chance(30);
    window.whole = cases.chance(50);
    if (cases.chance(60)) {
      const int size = cases.chance(50) ? 1 : cases.between(1, 12);
      made->alts[i] = cases.block_of(static_cast<std::size_t>(size)).codes;
      window.edit = window::Edit{begin + cases.between(0, spec.window - 13), size, made->alts[i]};
    }
    made->windows.push_back(window);
  }
  return made;
}

std::vector<float> expected_of(const std::vector<window::Window>& windows) {
  std::vector<float> expected;
  for (const auto& window : windows) {
    std::vector<core::Code> codes(static_cast<std::size_t>(window.length()));
    window::materialize(window, core::Alphabet::dna(), codes);
    expected.push_back(std::accumulate(codes.begin(), codes.end(), 0.0F));
    expected.push_back(window.whole ? 1.0F : 0.0F);
  }
  return expected;
}

std::vector<float> scores(engine::Engine& engine, const std::vector<window::Window>& windows) {
  std::vector<float> probabilities(windows.size() * 2, -7.0F);
  engine.score(windows, probabilities);
  return probabilities;
}

}  // namespace

TEST_CASE("every window gets its own scores, whatever batch it was put in") {
  RandomCases cases(21);
  Log log;
  const auto spec = model::vio_s_spec({"a", "b"});
  log.radius = engine::Reach(spec).radius();
  const auto given = test::random_windows(cases, spec, 300);
  for (const std::size_t batch : {1U, 3U, 64U, 1000U}) {
    auto engine = make_engine(spec, log, batch);
    CHECK(engine.preferred_batch() == batch);
    CHECK(scores(engine, given->windows) == expected_of(given->windows));
  }
}

TEST_CASE("shapes repeat: a fixed window and powers of two") {
  RandomCases cases(22);
  Log log;
  const auto spec = model::v1_spec({"a", "b"});
  const auto given = test::random_windows(cases, spec, 150);
  auto engine = make_engine(spec, log, 64);
  std::vector<float> probabilities(300);
  const auto work = engine.score(given->windows, probabilities);
  const std::vector<std::pair<std::size_t, std::int64_t>> wanted{
      {64, 1000}, {64, 1000}, {32, 1000}};
  CHECK(log.shapes == wanted);
  CHECK(work.positions_computed == 160000);
}

TEST_CASE("a batch that does not fit is halved until it does, and the size is remembered") {
  RandomCases cases(23);
  Log log;
  log.fits = 20000;
  const auto spec = model::v1_spec({"a", "b"});
  const auto given = test::random_windows(cases, spec, 100);
  auto engine = make_engine(spec, log, 64);
  CHECK(scores(engine, given->windows) == expected_of(given->windows));
  CHECK(log.failures == 2);
  CHECK(log.shapes.front() == std::pair<std::size_t, std::int64_t>{16, 1000});
  CHECK(scores(engine, given->windows) == expected_of(given->windows));
  CHECK(log.failures == 2);
}

TEST_CASE("windows that overlap share a batch, in which every one finds its own symbols") {
  RandomCases cases(27);
  for (const auto& spec : {model::v1_spec({"a", "b"}), model::vio_s_spec({"a", "b"})}) {
    Log log;
    log.radius = engine::Reach(spec).radius();
    const auto given = overlapping_windows(cases, spec, 300);
    auto engine = make_engine(spec, log, 64);
    std::vector<float> probabilities(given->windows.size() * 2, -7.0F);
    const auto work = engine.score(given->windows, probabilities);
    CHECK(probabilities == expected_of(given->windows));
    CHECK(log.shared > 0);
    CHECK(work.positions_computed < work.positions_requested / 2);
  }
}

TEST_CASE("a shared batch that does not fit is scored in smaller ones, or window by window") {
  RandomCases cases(28);
  Log log;
  log.fits = 1500;
  const auto spec = model::v1_spec({"a", "b"});
  log.radius = engine::Reach(spec).radius();
  const auto given = overlapping_windows(cases, spec, 40);
  auto engine = make_engine(spec, log, 64);
  for (int round = 0; round < 3; ++round) {
    CHECK(scores(engine, given->windows) == expected_of(given->windows));
  }
  const int failures = log.failures;
  CHECK(failures > 0);
  CHECK(scores(engine, given->windows) == expected_of(given->windows));
  CHECK(log.failures == failures);
}

TEST_CASE("longer windows make smaller batches") {
  RandomCases cases(24);
  Log log;
  const auto spec = model::vio_s_spec({"a", "b"});
  auto engine = make_engine(spec, log, 8);
  const std::int64_t length = std::int64_t{4} * spec.window;
  test::Windows given{cases.block_of(static_cast<std::size_t>(4 * length)), {}, {}};
  for (std::int64_t begin = 0; begin < 4 * length; begin += length) {
    given.windows.push_back(test::plain_view(given.block, begin, begin + length));
  }
  CHECK(scores(engine, given.windows) == expected_of(given.windows));
  REQUIRE(log.shapes.size() >= 2);
  CHECK(log.shapes.front().first <= 2);
}

TEST_CASE("a single window that does not fit is a device error") {
  RandomCases cases(25);
  Log log;
  log.fits = 999;
  const auto spec = model::v1_spec({"a", "b"});
  const auto given = test::random_windows(cases, spec, 5);
  auto engine = make_engine(spec, log, 64);
  std::vector<float> probabilities(10);
  CHECK_THROWS_AS(engine.score(given->windows, probabilities), core::DeviceError);
}

TEST_CASE("threads share the runners: no more batches in flight than there are, none lost") {
  RandomCases cases(26);
  Log log;
  log.fits = 8000;
  const auto spec = model::v1_spec({"a", "b"});
  const auto given = test::random_windows(cases, spec, 40);
  const auto expected = expected_of(given->windows);
  auto engine = make_engine(spec, log, 32, 2);
  std::atomic<int> equal = 0;
  constexpr int kThreads = 6;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] { equal += scores(engine, given->windows) == expected ? 1 : 0; });
  }
  for (auto& thread : threads) {
    thread.join();
  }
  CHECK(equal == kThreads);
  CHECK(log.most_running == 2);
}

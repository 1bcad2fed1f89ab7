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
    count_running(1);
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    count_running(-1);
    if (codes_.size() > log_.fits) {
      ++log_.failures;
      throw engine::OutOfDeviceMemory("injected");
    }
    if (keep_shapes_) {
      log_.shapes.emplace_back(lengths_.size(), length_);
    }
    scores_.clear();
    for (std::size_t row = 0; row < lengths_.size(); ++row) {
      score(row);
    }
    return scores_;
  }

 private:
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

TEST_CASE("longer windows make smaller batches") {
  RandomCases cases(24);
  Log log;
  const auto spec = model::vio_s_spec({"a", "b"});
  auto engine = make_engine(spec, log, 8);
  test::Windows given{cases.block_of(10000), {}, {}};
  given.windows.assign(4, test::plain_view(given.block, 0, std::int64_t{4} * spec.window));
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

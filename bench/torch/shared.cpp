#include <benchmark/benchmark.h>

#include <deque>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "bench/random_model.hpp"
#include "engine/torch/batched_engine.hpp"
#include "engine/torch/host.hpp"
#include "vio/model/model.hpp"

// The torch engine's path for devices, run on the CPU: windows that view one block and share work
// beside the same windows, each on a block of its own, which share nothing.

namespace {

using namespace vio;

constexpr std::int64_t kWindow = 1000;

/// `count` windows every `stride` positions, each followed by `alts` SNVs in its middle.
struct Tiling {
  int count;
  int stride;
  int alts;
};

struct Windows {
  std::deque<window::Block> blocks;
  std::deque<std::vector<core::Code>> alts;
  std::vector<window::Window> views;

  explicit Windows(const Tiling& tiling) {
    const auto [count, stride, alts_each] = tiling;
    std::mt19937 random(4);
    blocks.emplace_back().codes.resize(static_cast<std::size_t>(kWindow + count * stride));
    for (auto& code : blocks.front().codes) {
      code = static_cast<core::Code>(random() % 4);
    }
    for (int i = 0; i < count; ++i) {
      window::Window view;
      view.block = &blocks.front();
      view.begin = std::int64_t{i} * stride;
      view.end = view.begin + kWindow;
      views.push_back(view);
      const auto at = view.begin + kWindow / 2;
      for (int alt = 1; alt <= alts_each; ++alt) {
        const auto ref = blocks.front().codes[static_cast<std::size_t>(at)];
        alts.push_back({static_cast<core::Code>((ref + alt) % 4)});
        view.edit = window::Edit{at, 1, alts.back()};
        views.push_back(view);
      }
    }
  }

  /// Gives every window a copy of what it views.
  void part() {
    for (auto& view : views) {
      const auto& codes = view.block->codes;
      const auto begin = view.begin;
      view.block =
          &blocks.emplace_back(window::Block{{codes.begin() + begin, codes.begin() + view.end}});
      view.begin = 0;
      view.end -= begin;
      if (view.edit) {
        view.edit->begin -= begin;
      }
    }
  }
};

void score(benchmark::State& state, const model::Spec& spec, const Windows& windows) {
  constexpr std::size_t kBatch = 32;
  engine::prepare_process();
  const auto model = std::make_shared<const model::Model>(bench::random_model(spec));
  engine::BatchedEngine engine(model, "cpu", kBatch, engine::make_batch_runners(*model, "cpu", 1));
  std::vector<float> probabilities(windows.views.size() * spec.classes.size());
  engine::Work work;
  for (auto _ : state) {
    work = engine.score(windows.views, probabilities);
    benchmark::DoNotOptimize(probabilities.data());
  }
  state.counters["windows/s"] = benchmark::Counter(static_cast<double>(windows.views.size()),
                                                   benchmark::Counter::kIsIterationInvariantRate);
  state.counters["reuse"] =
      static_cast<double>(work.positions_requested) / static_cast<double>(work.positions_computed);
}

void add(const std::string& name, const model::Spec& spec, const Tiling& tiling) {
  const auto shared = std::make_shared<Windows>(tiling);
  const auto alone = std::make_shared<Windows>(tiling);
  alone->part();
  for (const auto& [how, windows] : {std::pair{"/alone", alone}, {"/shared", shared}}) {
    benchmark::RegisterBenchmark((name + how).c_str(),
                                 [=, views = windows](auto& state) { score(state, spec, *views); })
        ->Repetitions(5)
        ->ReportAggregatesOnly()
        ->Unit(benchmark::kMillisecond);
  }
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  const std::vector<std::string> classes{"a", "b"};
  for (const auto& [name, spec] :
       {std::pair<std::string, model::Spec>{"v1", model::v1_spec(classes)},
        {"vio-s", model::vio_s_spec(classes)}}) {
    add(name + "/stride 1000", spec, {64, 1000, 0});
    add(name + "/stride 100", spec, {256, 100, 0});
    add(name + "/SNVs every 1000", spec, {32, 1000, 1});
    add(name + "/SNVs every 10", spec, {256, 10, 1});
    add(name + "/SNVs every base", spec, {128, 1, 3});
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}

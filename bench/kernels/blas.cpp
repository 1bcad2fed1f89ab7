#include <dlfcn.h>

#include <array>
#include <cstdio>
#include <cstdlib>

#include "bench/kernels/work.hpp"

// The same machine's matrix product, as OpenBLAS has it: what PyTorch's layers of this size stand
// on. It is opened at run time, so that OPENBLAS_CORETYPE chooses its kernels.

namespace vio::bench {

namespace {

using Sgemm = void (*)(int order, int transpose_a, int transpose_b, int m, int n, int k,
                       float alpha, const float* a, int lda, const float* b, int ldb, float beta,
                       float* c, int ldc);

struct Shape {
  int m;
  int n;
  int k;
};

/// One window of a 64-channel layer, of a residual block's first, and a square that fills caches.
constexpr std::array<Shape, 4> kShapes{
    {{128, 64, 64}, {1000, 64, 64}, {1000, 128, 64}, {1024, 1024, 1024}}};

void multiply(benchmark::State& state, Sgemm sgemm, Shape shape) {
  constexpr int kRowMajor = 101;
  constexpr int kPlain = 111;
  const auto size = [](int rows, int columns) { return static_cast<std::size_t>(rows * columns); };
  const auto a = random_values(size(shape.m, shape.k));
  const auto b = random_values(size(shape.k, shape.n));
  AlignedVector<float> c(size(shape.m, shape.n));
  for (auto _ : state) {
    sgemm(kRowMajor, kPlain, kPlain, shape.m, shape.n, shape.k, 1.0F, a.data(), shape.k, b.data(),
          shape.n, 0.0F, c.data(), shape.n);
    benchmark::DoNotOptimize(c.data());
  }
  count_flops(state, 2.0 * shape.m * shape.n * shape.k);
}

}  // namespace

void register_blas() {
  ::setenv("OPENBLAS_NUM_THREADS", "1", 1);
  void* const library = ::dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
  void* const symbol = library == nullptr ? nullptr : ::dlsym(library, "cblas_sgemm");
  if (symbol == nullptr) {
    std::fprintf(stderr, "no OpenBLAS to compare with: %s\n", ::dlerror());
    return;
  }
  const auto sgemm = reinterpret_cast<Sgemm>(symbol);
  for (const auto shape : kShapes) {
    const auto name = "sgemm/" + std::to_string(shape.m) + "x" + std::to_string(shape.n) + "x" +
                      std::to_string(shape.k);
    repeat(benchmark::RegisterBenchmark(
        name.c_str(), [=](benchmark::State& state) { multiply(state, sgemm, shape); }));
  }
}

}  // namespace vio::bench

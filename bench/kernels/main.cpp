#include "bench/kernels/work.hpp"

// Usage: bench_kernels [Google Benchmark's options]. VIO_SIMD_TARGET chooses the target,
// OPENBLAS_CORETYPE the kernels of OpenBLAS.
int main(int argc, char** argv) {
  const auto& kernels = vio::engine::fused::best_kernels();
  benchmark::AddCustomContext("target", kernels.target);
  if (const char* const core = std::getenv("OPENBLAS_CORETYPE")) {
    benchmark::AddCustomContext("openblas", core);
  }
  benchmark::Initialize(&argc, argv);
  vio::bench::register_blas();
  vio::bench::register_kernels(kernels);
  vio::bench::register_passes(kernels);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}

#include "engine/torch/host.hpp"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <malloc.h>

#include <mutex>

namespace vio::engine {

namespace {

/// Outside LibTorch's reach: Debian's OpenBLAS starts threads of its own for larger products.
void use_one_blas_thread() {
  using SetThreads = void (*)(int);
  const auto set_threads =
      reinterpret_cast<SetThreads>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
  if (set_threads != nullptr) {
    set_threads(1);
  }
}

/// By default glibc maps a large tensor from the kernel and unmaps it after the layer, so every
/// layer pays for fresh zeroed pages. Kept memory is bounded by the trim threshold of an arena.
void keep_tensor_memory() {
#if defined(__GLIBC__)
  constexpr int kMiB = 1 << 20;
  mallopt(M_MMAP_THRESHOLD, 32 * kMiB);
  mallopt(M_TRIM_THRESHOLD, 128 * kMiB);
#endif
}

void use_one_interop_thread() {
  try {
    at::set_num_interop_threads(1);
  } catch (const c10::Error&) {
    // The program that holds us has already chosen.
  }
}

}  // namespace

void prepare_process() {
  static std::once_flag once;
  std::call_once(once, [] {
    at::set_num_threads(1);
    use_one_interop_thread();
    use_one_blas_thread();
    keep_tensor_memory();
    at::globalContext().setAllowTF32CuDNN(false);
    at::globalContext().setAllowTF32CuBLAS(false);
  });
}

void use_one_thread_here() {
  thread_local bool done = false;
  if (!done) {
    at::init_num_threads();
    done = true;
  }
}

}  // namespace vio::engine

#pragma once

namespace vio::engine {

/// Prepares the process for scoring, once: no threads inside LibTorch or its BLAS, because the
/// pipeline owns the cores; memory of tensors kept instead of given back after every layer; float32
/// that is float32 on GPUs too. Thread-safe.
void prepare_process();

/// Makes LibTorch use one thread in the calling thread, which OpenMP needs to be told in each.
void use_one_thread_here();

}  // namespace vio::engine

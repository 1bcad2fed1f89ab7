#pragma once

// For the leak sanitizer; include it in one file of a test program that makes pipelines fail on
// purpose. After an exception TBB forgets what waits between its filters: at most the batches in
// flight, once for each pipeline that failed.

// NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libtbb.so";
}

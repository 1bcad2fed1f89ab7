#pragma once

// For the leak sanitizer; include it in one file of a test program whose tests damage files or fill
// disks on purpose. HTSlib 1.16 forgets 32 bytes whenever its threads meet damage, and the whole
// handle where closing it fails.

// NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libhts.so";
}

#include <cstdlib>
#include <set>
#include <string>

#include "catch.hpp"
#include "engine/fused/kernels.hpp"
#include "vio/core/error.hpp"

namespace {

using namespace vio;

/// VIO_SIMD_TARGET as a test sets it; afterwards as it was.
class WantedTarget {
 public:
  WantedTarget() {
    if (const char* const value = std::getenv(kName)) {
      before_ = value;
    }
  }
  ~WantedTarget() { set(before_); }
  WantedTarget(const WantedTarget&) = delete;
  WantedTarget& operator=(const WantedTarget&) = delete;

  static void set(const std::string& target) { ::setenv(kName, target.c_str(), 1); }

 private:
  static constexpr const char* kName = "VIO_SIMD_TARGET";
  std::string before_;
};

}  // namespace

TEST_CASE("the kernels are those of the best target, or of the one that the environment names") {
  const WantedTarget restored;
  const auto all = engine::fused::all_kernels();
  std::set<std::string> names;
  for (const auto* const kernels : all) {
    names.insert(kernels->target);
    WantedTarget::set(kernels->target);
    CHECK(&engine::fused::best_kernels() == kernels);
  }
  CHECK(names.size() == all.size());
  WantedTarget::set("");
  CHECK(&engine::fused::best_kernels() == all.front());
}

TEST_CASE("a target that is not there is refused, and those that are there are named") {
  const WantedTarget restored;
  WantedTarget::set("AVX9");
  try {
    (void)engine::fused::best_kernels();
    FAIL("not refused");
  } catch (const core::UsageError& error) {
    const std::string message = error.what();
    CHECK(message.find("AVX9") != std::string::npos);
    for (const auto* const kernels : engine::fused::all_kernels()) {
      CHECK(message.find(kernels->target) != std::string::npos);
    }
  }
}

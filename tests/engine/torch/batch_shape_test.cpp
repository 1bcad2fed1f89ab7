#include "engine/torch/batch_shape.hpp"

#include <set>

#include "catch.hpp"

using namespace vio;

TEST_CASE("a fixed-window model pads every window to its window") {
  const auto spec = model::v1_spec({"a", "b"});
  for (const int length : {1, 999, 1000}) {
    CHECK(engine::padded_length(spec, length) == 1000);
  }
}

TEST_CASE("other lengths are padded to few shapes, by a quarter at most") {
  const auto spec = model::vio_s_spec({"a", "b"});
  std::set<std::int64_t> shapes;
  for (std::int64_t length = 1; length <= 4096; ++length) {
    const auto padded = engine::padded_length(spec, length);
    CHECK(padded >= length);
    CHECK(padded <= std::max<std::int64_t>(32, length + length / 4));
    CHECK(engine::padded_length(spec, padded) == padded);
    shapes.insert(padded);
  }
  CHECK(shapes.size() == 1 + 4 * 7);
}

TEST_CASE("rows are padded to a power of two within the capacity") {
  CHECK(engine::padded_rows(1, 100) == 1);
  CHECK(engine::padded_rows(3, 100) == 4);
  CHECK(engine::padded_rows(64, 100) == 64);
  CHECK(engine::padded_rows(65, 100) == 100);
  CHECK(engine::padded_rows(100, 100) == 100);
}

TEST_CASE("the batch that fits grows with memory, shrinks with the batches in flight") {
  constexpr std::uint64_t kGiB = std::uint64_t{1} << 30;
  const auto spec = model::v1_spec({"a", "b"});
  CHECK(engine::batch_that_fits(spec, 0, 3) == 1);
  CHECK(engine::batch_that_fits(spec, 1000 * kGiB, 3) == 1024);
  const auto one = engine::batch_that_fits(spec, kGiB, 1);
  CHECK(one > 100);
  CHECK(one < 500);
  CHECK(engine::batch_that_fits(spec, kGiB, 2) == one / 2);
}

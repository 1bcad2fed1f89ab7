#include "train/packing.hpp"

#include <algorithm>
#include <numeric>
#include <random>

#include "catch.hpp"

using namespace vio::train;

TEST_CASE("packed sequences keep their distance and waste little") {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::size_t> lengths(1 + random() % 40);
    for (auto& length : lengths) {
      length = 1 + random() % 1000;
    }
    const std::size_t gap = random() % 20;
    const auto packing = pack(lengths, gap, 1040);
    std::vector<std::vector<std::size_t>> rows(packing.rows);
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      const auto& place = packing.places[i];
      REQUIRE(place.row < packing.rows);
      REQUIRE(place.begin + lengths[i] <= packing.length);
      rows[place.row].push_back(i);
    }
    for (auto& row : rows) {
      REQUIRE_FALSE(row.empty());
      std::ranges::sort(row, {}, [&](std::size_t i) { return packing.places[i].begin; });
      for (std::size_t k = 1; k < row.size(); ++k) {
        const auto before = row[k - 1];
        CHECK(packing.places[before].begin + lengths[before] + gap <= packing.places[row[k]].begin);
      }
    }
    CHECK(packing.length <= 1040);
    // First-fit never leaves two rows half empty.
    const auto total = std::accumulate(lengths.begin(), lengths.end(), std::size_t{0});
    const auto with_gaps = total + gap * lengths.size();
    CHECK(packing.rows <= 2 * with_gaps / 1040 + 1);
    const auto tight = pack_tightly(lengths, gap);
    CHECK(tight.rows * tight.length <= packing.rows * packing.length);
    CHECK(tight.rows * tight.length >= total);
  }
}

TEST_CASE("rows grow with their longest sequence") {
  const std::vector<std::size_t> lengths{50, 3000, 10};
  const auto packing = pack(lengths, 5, 100);
  CHECK(packing.length == 3000);
  CHECK(packing.rows == 2);
}

#include "vio/core/status.hpp"

#include <set>
#include <string_view>

#include "catch.hpp"

using namespace vio::core;

TEST_CASE("every status has a name and a meaning of its own") {
  std::set<std::string_view> names;
  std::set<std::string_view> meanings;
  for (std::size_t i = 0; i < kStatusCount; ++i) {
    names.insert(status_name(static_cast<Status>(i)));
    meanings.insert(status_meaning(static_cast<Status>(i)));
  }
  CHECK(names.size() == kStatusCount);
  CHECK(meanings.size() == kStatusCount);
  CHECK(status_name(Status::too_long) == "TOO_LONG");
  CHECK(status_name(Status::ok) == "OK");
}

#include "vio/model/presets.hpp"

#include "catch.hpp"
#include "vio/core/error.hpp"

using namespace vio;

namespace {

const std::vector<std::string> class_names{"a", "b", "c", "d", "e", "f", "g", "h", "i"};

}  // namespace

TEST_CASE("every preset is valid and known by its name") {
  const std::vector<std::string_view> names{"v1", "fast", "default", "large"};
  CHECK(model::preset_names() == names);
  for (const auto name : names) {
    CAPTURE(name);
    CHECK(model::is_preset(name));
    const auto spec = model::preset(name, class_names);
    CHECK_NOTHROW(model::validate(spec));
    CHECK(spec.classes == class_names);
  }
  CHECK(model::preset("v1", class_names) == model::v1_spec(class_names));
  CHECK_FALSE(model::is_preset("v2"));
  CHECK_THROWS_AS(model::preset("v2", class_names), core::UsageError);
}

TEST_CASE("presets keep within the cost that their names promise") {
  const auto fast = model::fast_spec(class_names);
  CHECK(model::flops_per_position(fast) <= 40'000);
  CHECK(model::radius(fast) <= 16);
  const auto medium = model::default_spec(class_names);
  CHECK(model::flops_per_position(medium) <= 200'000);
  CHECK(model::radius(medium) <= 64);
  const auto large = model::large_spec(class_names);
  CHECK(large.channels == 2 * medium.channels);
  CHECK(model::radius(large) == 73);
}

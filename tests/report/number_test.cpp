#include "catch.hpp"

#include <limits>
#include <stdexcept>

#include "vio/report/number.hpp"

namespace {

using vio::report::data_attributes;
using vio::report::escaped;
using vio::report::shown;

constexpr const char* kReplacement = "\xef\xbf\xbd";

}  // namespace

TEST_CASE("Markup in text is text", "[report]") {
  CHECK(escaped("<script>alert(\"1\" & '2')</script>") ==
        "&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;");
  CHECK(escaped("enhancer=yes,strong:\xce\xb1 \xe2\x82\xac \xf0\x9f\xa7\xac") ==
        "enhancer=yes,strong:\xce\xb1 \xe2\x82\xac \xf0\x9f\xa7\xac");
  CHECK(escaped("a\tb\nc").size() == 5);
  CHECK(escaped("").empty());
}

TEST_CASE("What XML cannot hold is replaced", "[report]") {
  using namespace std::string_view_literals;
  CHECK(escaped("a\0b"sv) == std::string("a") + kReplacement + "b");
  CHECK(escaped("\x1b[31m") == std::string(kReplacement) + "[31m");
  CHECK(escaped("\x7f") == kReplacement);
  CHECK(escaped("\xff") == kReplacement);
  CHECK(escaped("\xce") == kReplacement);  // a letter that stops short
  CHECK(escaped("\xce<") == std::string(kReplacement) + "&lt;");
  CHECK(escaped("\xc0\xbc") == std::string(kReplacement) + kReplacement);  // an overlong `<`
  CHECK(escaped("\xed\xa0\x80").find(kReplacement) == 0);                  // a surrogate
  CHECK(escaped("\xc2\x85") == std::string(kReplacement) + kReplacement);  // a control character
}

TEST_CASE("Numbers for people", "[report]") {
  CHECK(shown({0}) == "0");
  CHECK(shown({999}) == "999");
  CHECK(shown({1234567}) == "1,234,567");
  CHECK(shown({-1234}) == "-1,234");
  CHECK(shown({0.123456}) == "0.1235");
  CHECK(shown({12345.678}) == "12,346");
  CHECK(shown({1234.5, {}, 2}) == "1,234.50");
  CHECK(shown({0.5, {}, 3}) == "0.500");
  CHECK(shown({3e18}) == "3e+18");
}

TEST_CASE("Numbers for programs are exact", "[report]") {
  CHECK(data_attributes({0.1}) == " data-value=\"0.1\"");
  CHECK(data_attributes({123456789}) == " data-value=\"123456789\"");
  CHECK(std::stod(data_attributes({1.0 / 3}).substr(13)) == 1.0 / 3);
  CHECK(data_attributes({5, "/records/skipped/a\"b"}) ==
        " data-value=\"5\" data-key=\"/records/skipped/a&quot;b\"");
}

TEST_CASE("A number that is none is refused", "[report]") {
  for (const double value :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    CHECK_THROWS_AS(shown({value}), std::invalid_argument);
    CHECK_THROWS_AS(data_attributes({value}), std::invalid_argument);
  }
}

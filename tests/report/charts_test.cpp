#include "catch.hpp"

#include <limits>
#include <stdexcept>

#include "vio/report/charts.hpp"
#include "xml.hpp"

namespace {

using namespace vio::report;
using vio::test::attribute_of;
using vio::test::count_elements;
using vio::test::parse_xml;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
ChartText text() {
  return {"A \"title\" & <more>", "What it's about"};
}

void check_says_no_data(const std::string& svg) {
  parse_xml(svg);
  CHECK(svg.find("No data") != std::string::npos);
  CHECK(count_elements(svg, "rect", "") == 0);
}

Track track(std::string contig, std::int64_t length, std::int64_t bin,
            std::vector<std::optional<double>> values) {
  return {std::move(contig), length, bin, std::move(values)};
}

}  // namespace

TEST_CASE("Bars are as long as their numbers", "[report]") {
  const auto svg = bar_chart({text(), {{"CDS", {10, "/n/0"}}, {"3'UTR", {5}}, {"none", {0}}}});
  CHECK(count_elements(svg, "rect", "data-value") == 3);
  CHECK(count_elements(svg, "rect", "data-key=\"/n/0\"") == 1);
  const auto longest = attribute_of(svg, "rect", "data-value=\"10\"", "width");
  CHECK(attribute_of(svg, "rect", "data-value=\"5\"", "width") == Approx(longest / 2).margin(0.02));
  CHECK(attribute_of(svg, "rect", "data-value=\"0\"", "width") == 0);
  CHECK(svg.find("aria-label=\"A &quot;title&quot; &amp; &lt;more&gt;\"") != std::string::npos);
  CHECK(svg.find("<desc>What it&#39;s about</desc>") != std::string::npos);
}

TEST_CASE("Whiskers stand where the interval is", "[report]") {
  const auto svg = bar_chart({text(), {{"F1", {0.5, {}, 2}, Interval{0.25, 0.75}}}, 1.0});
  const auto left = attribute_of(svg, "rect", "data-value", "x");
  const auto width = attribute_of(svg, "rect", "data-value", "width");
  CHECK(attribute_of(svg, "line", "whisker", "x1") == Approx(left + width / 2).margin(0.02));
  CHECK(attribute_of(svg, "line", "whisker", "x2") == Approx(left + width * 1.5).margin(0.02));
  CHECK(svg.find("0.50 [0.25, 0.75]") != std::string::npos);
}

TEST_CASE("A long label is cut between letters and kept as a tooltip", "[report]") {
  std::string name;
  for (int i = 0; i < 100; ++i) name += "\xce\xb1";
  const auto svg = bar_chart({text(), {{name, {1}}}});
  parse_xml(svg);
  CHECK(svg.find("<title>" + name + "</title>") != std::string::npos);
  CHECK(svg.find("\xce\xb1…</text>") != std::string::npos);
}

TEST_CASE("A label of wide letters is cut sooner than one of narrow letters", "[report]") {
  const std::string wide(20, 'W');
  const std::string narrow(20, 'i');
  const auto svg = bar_chart({text(), {{wide, {1}}, {narrow, {1}}}});
  CHECK(svg.find("<title>" + wide + "</title>WWW") != std::string::npos);
  CHECK(svg.find("…</text>") != std::string::npos);
  CHECK(svg.find(">" + narrow + "</text>") != std::string::npos);
  // The bars begin right of the room that the longest label was given.
  constexpr double kWidestLetter = 13;
  const auto room = attribute_of(svg, "rect", "data-value", "x");
  const auto begin = svg.find("</title>WWW") + std::string_view("</title>").size();
  const auto kept = static_cast<double>(svg.find("…", begin) - begin);
  CHECK((kept + 1) * kWidestLetter <= room);
}

TEST_CASE("Names below a heat map's columns are cut as well", "[report]") {
  const std::string name(40, 'N');
  const auto svg = heat_map({text(), {"t"}, {name, "short"}, {{8}, {1}}, "truth", "predicted"});
  parse_xml(svg);
  CHECK(svg.find("<title>" + name + "</title>NNN") != std::string::npos);
  CHECK(svg.find(name + "</text>") == std::string::npos);
  CHECK(svg.find(">short</text>") != std::string::npos);
}

TEST_CASE("Stacked bars end where the next begins", "[report]") {
  SeriesBars chart{text(), {"a", "b"}, {"one"}, {{{3}, {1}}}, BarLayout::stacked};
  auto svg = series_bars(chart);
  const auto end = attribute_of(svg, "rect", "data-value=\"3\"", "x") +
                   attribute_of(svg, "rect", "data-value=\"3\"", "width");
  CHECK(attribute_of(svg, "rect", "data-value=\"1\"", "x") == Approx(end).margin(0.02));
  CHECK(attribute_of(svg, "rect", "data-value=\"3\"", "y") ==
        attribute_of(svg, "rect", "data-value=\"1\"", "y"));
  chart.layout = BarLayout::grouped;
  svg = series_bars(chart);
  CHECK(attribute_of(svg, "rect", "data-value=\"3\"", "x") ==
        attribute_of(svg, "rect", "data-value=\"1\"", "x"));
  CHECK(attribute_of(svg, "rect", "data-value=\"3\"", "y") <
        attribute_of(svg, "rect", "data-value=\"1\"", "y"));
}

TEST_CASE("Histogram: bins side by side, empty ones left out", "[report]") {
  Histogram chart{text(), 0, 0.5, {{4}, {0}, {2}}, "score", "windows"};
  auto svg = histogram(chart);
  CHECK(count_elements(svg, "rect", "data-value") == 2);
  const auto tall = attribute_of(svg, "rect", "data-value=\"4\"", "height");
  CHECK(attribute_of(svg, "rect", "data-value=\"2\"", "height") == Approx(tall / 2).margin(0.02));
  const auto width = attribute_of(svg, "rect", "data-value=\"4\"", "width");
  CHECK(attribute_of(svg, "rect", "data-value=\"2\"", "x") ==
        Approx(attribute_of(svg, "rect", "data-value=\"4\"", "x") + 2 * width).margin(0.03));
  chart.counts = {{1}, {0}, {1e6}};
  chart.scale = Scale::logarithmic;
  svg = histogram(chart);
  CHECK(attribute_of(svg, "rect", "data-value=\"1\"", "height") > 5);
  CHECK(svg.find(">1M</text>") != std::string::npos);
}

TEST_CASE("Lines: legend of several series, one point a dot, the diagonal", "[report]") {
  LineChart chart{
      text(), {{"train", {{0, 1}, {1, 0.5}, {2, 0.25}}}, {"valid", {{1, 0.5}}}}, "epoch", "loss"};
  auto svg = line_chart(chart);
  CHECK(count_elements(svg, "path", "line") == 1);
  CHECK(count_elements(svg, "circle", "data-value") == 4);
  CHECK(svg.find(">valid</text>") != std::string::npos);
  CHECK(count_elements(svg, "line", "reference") == 0);
  chart.series = {{"only", {{3, 7}}}};
  svg = line_chart(chart);
  CHECK(count_elements(svg, "circle", "data-value=\"7\"") == 1);
  CHECK(svg.find(">only</text>") == std::string::npos);
  chart = {text(),         {{"p", {{0.2, 0.4}}}}, "confidence", "accuracy",
           Interval{0, 1}, Interval{0, 1},        true};
  svg = line_chart(chart);
  CHECK(count_elements(svg, "line", "reference") == 1);
}

TEST_CASE("Heat map: shades by row or over all", "[report]") {
  HeatMap chart{text(), {"t1", "t2"}, {"p1", "p2"}, {{8}, {0}, {1}, {2}}, "truth", "predicted"};
  auto svg = heat_map(chart);
  CHECK(count_elements(svg, "rect", "cell") == 4);
  CHECK(attribute_of(svg, "rect", "data-value=\"2\"", "fill-opacity") == 0.25);
  chart.by_row = true;
  svg = heat_map(chart);
  CHECK(attribute_of(svg, "rect", "data-value=\"2\"", "fill-opacity") == 1);
  CHECK(attribute_of(svg, "rect", "data-value=\"1\"", "fill-opacity") == 0.5);
  chart.values = {{0}, {0}, {0}, {0}};
  parse_xml(heat_map(chart));
  const std::vector<std::string> many(70, "class with a name");
  parse_xml(heat_map({text(), many, many, std::vector<Number>(4900, Number{3}), "t", "p"}));
}

TEST_CASE("Tracks share the scales of positions and values", "[report]") {
  const auto svg = track_chart(
      {text(),
       {track("chr1", 1000, 250, {0.5, {}, 1.0, 0.25}), track("chr<2>", 500, 250, {1.0, 0.5})}});
  CHECK(count_elements(svg, "rect", "data-value") == 5);
  CHECK(count_elements(svg, "g", "data-contig=\"chr&lt;2&gt;\"") == 1);
  CHECK(attribute_of(svg, "rect", "data-value=\"1\"", "width", 0) ==
        Approx(attribute_of(svg, "rect", "data-value=\"1\"", "width", 1)).margin(0.02));
  CHECK(attribute_of(svg, "rect", "data-value=\"0.5\"", "height", 0) * 2 ==
        Approx(attribute_of(svg, "rect", "data-value=\"1\"", "height", 0)).margin(0.02));
}

TEST_CASE("Charts without data say so", "[report]") {
  check_says_no_data(bar_chart({text(), {}}));
  check_says_no_data(series_bars({text(), {"a"}, {}, {}}));
  check_says_no_data(series_bars({text(), {}, {"a"}, {{}}}));
  check_says_no_data(histogram({text(), 0, 1, {}, "", ""}));
  check_says_no_data(histogram({text(), 0, 1, {{0}, {0}}, "", ""}));
  check_says_no_data(line_chart({text(), {}, "", ""}));
  check_says_no_data(line_chart({text(), {{"a", {}}}, "", ""}));
  check_says_no_data(heat_map({text(), {}, {}, {}, "", ""}));
  check_says_no_data(track_chart({text(), {}}));
}

TEST_CASE("Charts refuse what is no number, and sizes that contradict each other", "[report]") {
  CHECK_THROWS_AS(bar_chart({text(), {{"a", {kNaN}}}}), std::invalid_argument);
  CHECK_THROWS_AS(bar_chart({text(), {{"a", {-1}}}}), std::invalid_argument);
  CHECK_THROWS_AS(bar_chart({text(), {{"a", {1}, Interval{kNaN, 2}}}}), std::invalid_argument);
  CHECK_THROWS_AS(bar_chart({text(), {{"a", {1}, Interval{2, 1}}}}), std::invalid_argument);
  CHECK_THROWS_AS(series_bars({text(), {"s"}, {"a"}, {{{kNaN}}}}), std::invalid_argument);
  CHECK_THROWS_AS(series_bars({text(), {"s"}, {"a"}, {{{1}, {2}}}}), std::invalid_argument);
  CHECK_THROWS_AS(series_bars({text(), {"s"}, {"a", "b"}, {{{1}}}}), std::invalid_argument);
  CHECK_THROWS_AS(histogram({text(), 0, 1, {{kNaN}}, "", ""}), std::invalid_argument);
  CHECK_THROWS_AS(histogram({text(), 0, 0, {{1}}, "", ""}), std::invalid_argument);
  CHECK_THROWS_AS(line_chart({text(), {{"a", {{0, kNaN}}}}, "", ""}), std::invalid_argument);
  CHECK_THROWS_AS(line_chart({text(), {{"a", {{0, 1}}}}, "", "", Interval{1, 1}}),
                  std::invalid_argument);
  CHECK_THROWS_AS(heat_map({text(), {"a"}, {"b"}, {{kNaN}}, "", ""}), std::invalid_argument);
  CHECK_THROWS_AS(heat_map({text(), {"a"}, {"b"}, {{1}, {2}}, "", ""}), std::invalid_argument);
  CHECK_THROWS_AS(track_chart({text(), {track("c", 10, 1, {kNaN})}}), std::invalid_argument);
  CHECK_THROWS_AS(track_chart({text(), {track("c", 10, 0, {1.0})}}), std::invalid_argument);
}

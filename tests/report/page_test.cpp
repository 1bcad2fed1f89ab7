#include "catch.hpp"

#include <limits>
#include <stdexcept>

#include "vio/report/charts.hpp"
#include "vio/report/page.hpp"
#include "xml.hpp"

namespace {

using namespace vio::report;

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

}  // namespace

TEST_CASE("A page fetches nothing and runs nothing", "[report]") {
  Page page("Title", "Lead");
  page.section("One");
  page.figure({"Caption", bar_chart({{"Bars"}, {{"a", {1}}}}), std::nullopt});
  const auto html = page.html();
  for (const auto* word : {"<script", "@import", "url(", " src=", "javascript:", "onload"}) {
    CHECK(html.find(word) == std::string::npos);
  }
  // Names of XML name spaces apart, which nobody fetches.
  CHECK(count(html, "http") ==
        count(html, "http://www.w3.org/2000/svg") + count(html, "http-equiv"));
  CHECK(html.find("<!DOCTYPE html>\n<html lang=\"en\">") == 0);
  CHECK(html.find("prefers-color-scheme: dark") != std::string::npos);
  CHECK(html.find("@media print") != std::string::npos);
  CHECK(html.back() == '\n');
}

TEST_CASE("Everything on a page is escaped", "[report]") {
  const std::string evil = "<b>\"&'";
  Page page(evil, evil);
  page.section(evil);
  page.paragraph(evil);
  page.facts({{evil, evil}});
  page.table({evil, {evil, evil}, {{evil, evil}}});
  page.figure({evil, bar_chart({{evil, evil}, {{evil, {1}}}}), Table{evil, {evil}, {{evil}}}});
  const auto html = page.html();
  CHECK(html.find("<b>") == std::string::npos);
  CHECK(count(html, "&lt;b&gt;&quot;&amp;&#39;") >= 16);
}

TEST_CASE("Sections nest, and the contents lead to them", "[report]") {
  Page page("Title", "");
  page.section("First");
  page.paragraph("text");
  page.section("Second");
  const auto html = page.html();
  CHECK(count(html, "<section") == 2);
  CHECK(count(html, "</section>") == 2);
  CHECK(html.find("<a href=\"#section-2\">Second</a>") != std::string::npos);
  CHECK(html.find("id=\"section-2\">Second</h2>") != std::string::npos);
  CHECK(html.find("class=\"lead\"") == std::string::npos);
  CHECK(count(Page("Empty", "").html(), "section") == 0);
}

TEST_CASE("Tables name their rows and columns", "[report]") {
  Page page("Title", "");
  page.table({"Counts", {"class", "windows"}, {{"CDS", Number{1234, "/classes/0"}}}});
  const auto html = page.html();
  CHECK(html.find("<caption>Counts</caption>") != std::string::npos);
  CHECK(html.find("<th scope=\"col\" class=\"n\">windows</th>") != std::string::npos);
  CHECK(html.find("<th scope=\"row\">CDS</th>") != std::string::npos);
  CHECK(html.find("<td class=\"n\" data-value=\"1234\" data-key=\"/classes/0\">1,234</td>") !=
        std::string::npos);
}

TEST_CASE("A page refuses what it cannot show", "[report]") {
  Page page("Title", "");
  CHECK_THROWS_AS(page.table({"", {"a", "b"}, {{"only one"}}}), std::invalid_argument);
  CHECK_THROWS_AS(page.facts({{"x", Number{std::numeric_limits<double>::quiet_NaN()}}}),
                  std::invalid_argument);
  page.table({"Nothing yet", {"a", "b"}, {}});
  CHECK(page.html().find("Nothing yet") != std::string::npos);
}

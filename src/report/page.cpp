#include "vio/report/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "report/style.hpp"

namespace vio::report {

namespace {

/// The element's content and attributes, as `<td` needs them after it.
std::string cell_html(const Cell& cell) {
  if (const auto* number = std::get_if<Number>(&cell)) {
    return fmt::format(" class=\"n\"{}>{}", data_attributes(*number), shown(*number));
  }
  return fmt::format(">{}", escaped(std::get<std::string>(cell)));
}

bool is_numeric(const Table& table, std::size_t column) {
  return !table.rows.empty() && std::ranges::all_of(table.rows, [&](const auto& row) {
    return std::holds_alternative<Number>(row[column]);
  });
}

void check(const Table& table) {
  for (const auto& row : table.rows) {
    if (row.size() != table.columns.size()) {
      throw std::invalid_argument("a table needs as many cells in every row as it has columns");
    }
  }
}

std::string table_html(const Table& table) {
  check(table);
  auto html = fmt::format("<div class=\"scroll\"><table>\n<caption>{}</caption>\n<thead><tr>",
                          escaped(table.caption));
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    html += fmt::format("<th scope=\"col\"{}>{}</th>", is_numeric(table, i) ? " class=\"n\"" : "",
                        escaped(table.columns[i]));
  }
  html += "</tr></thead>\n<tbody>\n";
  for (const auto& row : table.rows) {
    html += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) {
      html += i == 0 ? fmt::format("<th scope=\"row\"{}</th>", cell_html(row[i]))
                     : fmt::format("<td{}</td>", cell_html(row[i]));
    }
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

std::string anchor(std::size_t index) {
  return fmt::format("section-{}", index + 1);
}

std::string contents(const std::vector<std::string>& headings) {
  if (headings.empty()) return {};
  std::string html = "<nav aria-label=\"Contents\"><ul>\n";
  for (std::size_t i = 0; i < headings.size(); ++i) {
    html += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", anchor(i), escaped(headings[i]));
  }
  return html + "</ul></nav>\n";
}

}  // namespace

Page::Page(std::string title, std::string lead)
    : title_(std::move(title)), lead_(std::move(lead)) {}

void Page::section(const std::string& heading) {
  if (!headings_.empty()) body_ += "</section>\n";
  body_ += fmt::format("<section aria-labelledby=\"{0}\">\n<h2 id=\"{0}\">{1}</h2>\n",
                       anchor(headings_.size()), escaped(heading));
  headings_.push_back(heading);
}

void Page::paragraph(std::string_view text) {
  body_ += fmt::format("<p>{}</p>\n", escaped(text));
}

void Page::warning(std::string_view text) {
  body_ += fmt::format("<p class=\"warning\">{}</p>\n", escaped(text));
}

void Page::facts(const Facts& facts) {
  body_ += "<dl>\n";
  for (const auto& [name, value] : facts) {
    body_ += fmt::format("<div><dt>{}</dt><dd{}</dd></div>\n", escaped(name), cell_html(value));
  }
  body_ += "</dl>\n";
}

void Page::table(const Table& table) {
  body_ += table_html(table);
}

void Page::figure(const Figure& figure) {
  body_ += fmt::format(
      "<figure>\n<div class=\"scroll\" tabindex=\"0\">\n{}</div>\n<figcaption>{}</figcaption>\n",
      figure.svg, escaped(figure.caption));
  if (figure.data) {
    body_ += fmt::format("<details><summary>Numbers of this figure</summary>\n{}</details>\n",
                         table_html(*figure.data));
  }
  body_ += "</figure>\n";
}

std::string Page::html() const {
  const auto lead =
      lead_.empty() ? std::string() : fmt::format("<p class=\"lead\">{}</p>\n", escaped(lead_));
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "style-src 'unsafe-inline'; img-src data:\">\n"
      "<link rel=\"icon\" href=\"data:,\">\n"
      "<title>{0}</title>\n<style>\n{1}</style>\n</head>\n<body>\n"
      "<header>\n<h1>{0}</h1>\n{2}{3}</header>\n<main>\n{4}{5}</main>\n</body>\n</html>\n",
      escaped(title_), style_sheet(), lead, contents(headings_), body_,
      headings_.empty() ? "" : "</section>\n");
}

}  // namespace vio::report

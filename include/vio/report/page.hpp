#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "vio/report/number.hpp"

namespace vio::report {

/// Text, which is escaped where it is written, or a number.
using Cell = std::variant<std::string, Number>;

/// A table whose first column names its rows. Every row has as many cells as there are columns.
struct Table {
  std::string caption;
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
};

/// A chart with its caption and, folded away, its numbers as a table: the chart's alternative in
/// text.
struct Figure {
  std::string caption;
  std::string svg;  ///< as the functions of charts.hpp return it
  std::optional<Table> data{};
};

/// What things are called, and what they are.
using Facts = std::vector<std::pair<std::string, Cell>>;

/// Builds one self-contained HTML page: style within, no script, nothing fetched. It follows the
/// reader's light or dark scheme, prints, and fits narrow screens. All text is escaped. Not
/// thread-safe. Throws std::invalid_argument for numbers that are not finite and for ragged tables.
class Page {
 public:
  /// `lead` is the sentence below the title; it may be empty.
  Page(std::string title, std::string lead);

  /// Begins a section; what is added next stands in it. The heading also gives its anchor and its
  /// entry in the list of contents.
  void section(const std::string& heading);
  void paragraph(std::string_view text);
  /// A paragraph that must not be overlooked, in red.
  void warning(std::string_view text);
  void facts(const Facts& facts);
  void table(const Table& table);
  void figure(const Figure& figure);

  /// The whole page, with a line end.
  [[nodiscard]] std::string html() const;

 private:
  std::string title_;
  std::string lead_;
  std::string body_;
  std::vector<std::string> headings_;
};

}  // namespace vio::report

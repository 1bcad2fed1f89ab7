#include "train/fit_tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "train/common_options.hpp"
#include "vio/core/error.hpp"

namespace vio::train {

namespace {

std::optional<Table> load_other(const cli::ParsedOptions& options, std::string_view option,
                                bool labelled) {
  auto choice = table_options(options);
  choice.path = options.text(option);
  choice.labelled = labelled;
  return choice.path.empty() ? std::nullopt : std::optional(load_table(choice));
}

void check_class_count(const std::vector<std::string>& classes, const std::string& path) {
  if (classes.size() < 2) {
    throw core::UsageError(fmt::format(
        "{}: there is {} class with at least 2 rows{}; a classifier needs two or more classes, so "
        "give rows of others, or name another column with --label-column",
        path, classes.empty() ? "no" : "one",
        classes.empty() ? "" : fmt::format(" ({})", classes.front())));
  }
}

/// Rows of classes that the first table has but that were left out of it are left out here too;
/// other classes are an error.
void keep_known(std::optional<Table>& table, const std::vector<std::string>& all,
                const std::vector<std::string>& classes) {
  if (table) {
    (void)class_numbers(*table, all);
    *table = keep_classes(std::move(*table), classes);
  }
}

}  // namespace

FitTables load_fit_tables(const cli::ParsedOptions& options) {
  FitTables tables;
  auto rows = load_table(table_options(options));
  const auto all = class_names(rows);
  tables.rows = keep_repeated_classes(std::move(rows));
  tables.classes = class_names(tables.rows);
  check_class_count(tables.classes, tables.rows.path);
  tables.added = load_other(options, "add-train", true);
  tables.validation = load_other(options, "validation", true);
  tables.test = load_other(options, "test", true);
  tables.unlike = load_other(options, "drop-similar-to", false);
  for (auto* table : {&tables.added, &tables.validation, &tables.test}) {
    keep_known(*table, all, tables.classes);
  }
  return tables;
}

}  // namespace vio::train

#include "vio/train/table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "vio/core/error.hpp"

namespace vio::train {

namespace {

/// Keeps the rows for which `keep(label)` holds; `why` ends the note about those that were dropped.
template <typename Keep>
Table filter(Table table, Keep keep, std::string_view why) {
  std::map<std::string, std::size_t> dropped;
  std::erase_if(table.rows, [&](const Row& row) {
    const bool gone = !keep(row.label);
    dropped[row.label] += gone ? 1 : 0;
    return gone;
  });
  for (const auto& [label, count] : dropped) {
    if (count > 0) {
      table.notes.push_back(fmt::format("left out {} row{} of class {}: {}", count,
                                        count == 1 ? "" : "s", label, why));
    }
  }
  return table;
}

}  // namespace

std::vector<std::string> class_names(const Table& table) {
  std::set<std::string> names;
  for (const auto& row : table.rows) {
    names.insert(row.label);
  }
  return {names.begin(), names.end()};
}

std::vector<int> class_numbers(const Table& table, std::span<const std::string> classes) {
  std::map<std::string_view, int> numbers;
  for (std::size_t k = 0; k < classes.size(); ++k) {
    numbers.emplace(classes[k], static_cast<int>(k));
  }
  std::vector<int> result;
  result.reserve(table.rows.size());
  for (const auto& row : table.rows) {
    const auto found = numbers.find(row.label);
    if (found == numbers.end()) {
      throw core::UsageError(
          fmt::format("{}, row at {}: the model has no class '{}'; expected one of {}", table.path,
                      row.place, row.label, fmt::join(classes, ", ")));
    }
    result.push_back(found->second);
  }
  return result;
}

Table keep_repeated_classes(Table table) {
  std::map<std::string, int> counts;
  for (const auto& row : table.rows) {
    ++counts[row.label];
  }
  return filter(
      std::move(table), [&](const std::string& label) { return counts[label] > 1; },
      "a class needs at least 2 rows to be in both parts of a split");
}

Table keep_classes(Table table, std::span<const std::string> classes) {
  const std::set<std::string_view> known(classes.begin(), classes.end());
  return filter(
      std::move(table), [&](const std::string& label) { return known.contains(label); },
      "the model has no such class");
}

Table select_rows(const Table& table, std::span<const std::size_t> rows) {
  Table selected{.path = table.path, .rows = {}, .notes = table.notes};
  selected.rows.reserve(rows.size());
  for (const auto row : rows) {
    selected.rows.push_back(table.rows[row]);
  }
  return selected;
}

}  // namespace vio::train

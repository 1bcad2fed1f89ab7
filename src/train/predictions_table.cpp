#include "train/predictions_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vio::train {

namespace {

/// As RFC 4180 has it, where it must be.
std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    return text;
  }
  std::string quoted = "\"";
  for (const char symbol : text) {
    quoted += symbol == '"' ? std::string("\"\"") : std::string(1, symbol);
  }
  return quoted + '"';
}

}  // namespace

std::string predictions_to_csv(const Predictions& predictions, const Table& table,
                               std::span<const std::string> classes) {
  std::string text = "place,label,predicted";
  for (const auto& name : classes) {
    text += ',' + cell("p_" + name);
  }
  text += '\n';
  for (std::size_t row = 0; row < predictions.size(); ++row) {
    const auto called = static_cast<std::size_t>(predictions.predicted(row));
    text += fmt::format("{},{},{}", table.rows[row].place, cell(table.rows[row].label),
                        cell(classes[called]));
    for (const float p : predictions.row(row)) {
      text += fmt::format(",{}", p);
    }
    text += '\n';
  }
  return text;
}

}  // namespace vio::train

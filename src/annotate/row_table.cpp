#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "vio/annotate/record_table.hpp"
#include "vio/source/csv.hpp"

namespace vio::annotate {

namespace {

constexpr std::size_t kMostLabels = 3;

using Names = std::vector<std::string>;

/// As RFC 4180 asks: quoted where it would not be one cell otherwise.
std::string csv_cell(std::string_view text, char separator) {
  const auto needs_quotes = [&](char byte) {
    return byte == separator || byte == '"' || byte == '\n' || byte == '\r';
  };
  if (std::ranges::none_of(text, needs_quotes)) {
    return std::string(text);
  }
  std::string cell = "\"";
  for (const char byte : text) {
    if (byte == '"') cell += '"';
    cell += byte;
  }
  cell += '"';
  return cell;
}

Names wanted_names(const Names& classes, std::size_t n_labels) {
  Names names;
  for (std::size_t i = 1; i <= n_labels; ++i) {
    const auto rank = i == 1 ? std::string() : fmt::format("_{}", i);
    names.push_back("label" + rank);
    names.push_back("score" + rank);
  }
  for (const auto& name : classes) names.push_back("p_" + name);
  names.emplace_back("status");
  return names;
}

/// Names that the header does not have yet, alike in their prefix.
Names free_names(Names names, const RowLayout& layout) {
  source::CsvFields taken;
  source::split_csv_row(layout.header, layout.separator, {"the header", 1}, taken);
  const auto is_taken = [&](const std::string& name) {
    return std::ranges::find(taken, name) != taken.end();
  };
  while (std::ranges::any_of(names, is_taken)) {
    for (auto& name : names) name.insert(0, "vio_");
  }
  return names;
}

/// Class indices, the most probable first; ties in the order of the classes.
std::vector<std::size_t> ranked(std::span<const Millionths> probabilities) {
  std::vector<std::size_t> order(probabilities.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater(),
                           [&](std::size_t index) { return probabilities[index]; });
  return order;
}

class RowTable final : public RecordTable {
 public:
  RowTable(RowLayout layout, const Names& classes)
      : layout_(std::move(layout)), n_labels_(std::min(kMostLabels, classes.size())) {
    names_ = free_names(wanted_names(classes, n_labels_), layout_);
    for (const auto& name : classes) labels_.push_back(csv_cell(name, layout_.separator));
  }

  std::string header() const override {
    std::string line = layout_.header;
    for (const auto& name : names_) {
      line += layout_.separator;
      line += csv_cell(name, layout_.separator);
    }
    return line += layout_.line_end;
  }

  std::string format(const source::RecordBatch& batch,
                     std::span<const RecordScore> scores) const override {
    const auto& rows = std::get<std::vector<source::TableRow>>(batch.records);
    std::string lines;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      lines += rows[i].text;
      append_cells(lines, scores[i]);
      lines += layout_.line_end;
    }
    return lines;
  }

  std::string collect(const source::RecordBatch& /*batch*/,
                      std::span<const RecordScore> /*scores*/) override {
    return {};
  }

 private:
  void append_cells(std::string& out, const RecordScore& score) const {
    if (score.probabilities.empty()) {
      out.append(names_.size(), layout_.separator);
    } else {
      append_scores(out, score.probabilities);
      out += layout_.separator;
    }
    out += core::status_name(score.status);
  }

  void append_scores(std::string& out, std::span<const Millionths> probabilities) const {
    const auto order = ranked(probabilities);
    for (std::size_t i = 0; i < n_labels_; ++i) {
      out += layout_.separator;
      out += labels_[order[i]];
      out += layout_.separator;
      append_millionths(out, probabilities[order[i]]);
    }
    for (const auto probability : probabilities) {
      out += layout_.separator;
      append_millionths(out, probability);
    }
  }

  RowLayout layout_;
  std::size_t n_labels_;
  Names names_;   // of the added columns
  Names labels_;  // cells of the classes
};

}  // namespace

std::unique_ptr<RecordTable> row_table(const RowLayout& layout,
                                       const std::vector<std::string>& classes) {
  return std::make_unique<RowTable>(layout, classes);
}

}  // namespace vio::annotate

#include <algorithm>

#include "vio/annotate/field.hpp"
#include "vio/annotate/table.hpp"

namespace vio::annotate {

namespace {

class WindowTable final : public Table {
 public:
  WindowTable(const Classes& classes, Strand strand)
      : n_classes_(classes.size()), strand_(strand_symbol(strand)) {
    fields_.push_back(seq_id_field());
    fields_.push_back(start_field());
    fields_.push_back(end_field());
    fields_.push_back(strand_field());
    fields_.push_back(length_field());
    fields_.push_back(n_frac_field());
    fields_.push_back(label_field(classes));
    fields_.push_back(score_field());
    fields_.push_back(probabilities_field(classes));
    fields_.push_back(status_field());
  }

  std::string header() const override { return header_line(fields_); }

  std::string format(const ScoredBatch& batch) const override {
    std::string lines;
    std::vector<Millionths> millionths(n_classes_);
    for (std::size_t i = 0; i < batch.encoded.windows.size(); ++i) {
      const auto row = row_of(batch, i, millionths);
      append_line(lines, fields_, row);
    }
    return lines;
  }

  std::string collect(const ScoredBatch& /*batch*/) override { return {}; }

 private:
  Row row_of(const ScoredBatch& batch, std::size_t index,
             std::vector<Millionths>& millionths) const {
    const auto& window = batch.encoded.windows[index];
    Row row;
    row.seq_id = batch.encoded.units[window.unit]->name;
    row.start = window.start;
    row.end = window.end;
    row.strand = strand_;
    row.length = window.length();
    row.unknown = batch.encoded.unknown[index];
    row.status = window.status;
    if (window.status == core::Status::ok) {
      const auto* scores = &batch.probabilities[index * n_classes_];
      std::transform(scores, scores + n_classes_, millionths.begin(), to_millionths);
      row.probabilities = millionths;
    }
    return row;
  }

  Fields fields_;
  std::size_t n_classes_;
  char strand_;
};

}  // namespace

char strand_symbol(Strand strand) noexcept {
  switch (strand) {
    case Strand::forward:
      return '+';
    case Strand::reverse:
      return '-';
    case Strand::both:
      break;
  }
  return '.';
}

std::unique_ptr<Table> window_table(const std::vector<std::string>& classes, Strand strand) {
  return std::make_unique<WindowTable>(classes, strand);
}

}  // namespace vio::annotate

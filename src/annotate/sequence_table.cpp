#include <algorithm>

#include "annotate/window_mean.hpp"
#include "vio/annotate/field.hpp"
#include "vio/annotate/table.hpp"

namespace vio::annotate {

namespace {

class SequenceTable final : public Table {
 public:
  explicit SequenceTable(const Classes& classes)
      : n_classes_(classes.size()), sums_(classes.size()) {
    fields_.push_back(seq_id_field());
    fields_.push_back(length_field());
    fields_.push_back(n_windows_field());
    fields_.push_back(label_field(classes));
    fields_.push_back(score_field());
    fields_.push_back(probabilities_field(classes));
    fields_.push_back(entropy_field());
    fields_.push_back(status_field());
  }

  std::string header() const override { return header_line(fields_); }

  std::string format(const ScoredBatch& /*batch*/) const override { return {}; }

  std::string collect(const ScoredBatch& batch) override {
    std::string lines;
    std::size_t next = 0;
    for (const auto& unit_end : batch.encoded.unit_ends) {
      for (; next < unit_end.after_windows; ++next) {
        sums_.add(batch, next);
      }
      append_sequence(lines, *batch.encoded.units[unit_end.unit], unit_end.length);
      sums_ = WindowMean(n_classes_);
    }
    for (; next < batch.encoded.windows.size(); ++next) {
      sums_.add(batch, next);
    }
    return lines;
  }

 private:
  void append_sequence(std::string& lines, const source::Unit& unit, std::int64_t length) const {
    if (sums_.n_seen() == 0) {
      return;
    }
    Row row;
    row.seq_id = unit.label;
    row.length = length;
    row.n_windows = sums_.n_scored();
    row.status = sums_.status();
    std::vector<Millionths> millionths(n_classes_);
    if (sums_.n_scored() > 0) {
      const auto mean = sums_.mean();
      std::ranges::transform(mean, millionths.begin(), to_millionths);
      row.probabilities = millionths;
      row.entropy = entropy_millionths(mean);
    }
    append_line(lines, fields_, row);
  }

  Fields fields_;
  std::size_t n_classes_;
  WindowMean sums_;
};

}  // namespace

std::unique_ptr<Table> sequence_table(const std::vector<std::string>& classes) {
  return std::make_unique<SequenceTable>(classes);
}

}  // namespace vio::annotate

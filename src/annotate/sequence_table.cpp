#include <algorithm>

#include "vio/annotate/field.hpp"
#include "vio/annotate/table.hpp"

namespace vio::annotate {

namespace {

using core::Status;

/// Sums over a sequence's windows, in double and in window order, so that batch borders leave no
/// trace in the result.
struct Sums {
  explicit Sums(std::size_t n_classes) : weighted(n_classes), plain(n_classes) {}

  std::vector<double> weighted;  // by known positions
  std::vector<double> plain;     // for a sequence without any known position
  double weight = 0;
  std::uint64_t n_scored = 0;
  std::uint64_t n_seen = 0;
  Status first_status = Status::ok;

  [[nodiscard]] std::vector<double> mean() const {
    auto sums = weight > 0 ? weighted : plain;
    const double total = weight > 0 ? weight : static_cast<double>(n_scored);
    for (auto& sum : sums) {
      sum /= total;
    }
    return sums;
  }
};

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
        add(batch, next);
      }
      append_sequence(lines, *batch.encoded.units[unit_end.unit], unit_end.length);
      sums_ = Sums(n_classes_);
    }
    for (; next < batch.encoded.windows.size(); ++next) {
      add(batch, next);
    }
    return lines;
  }

 private:
  void add(const ScoredBatch& batch, std::size_t index) {
    const auto& window = batch.encoded.windows[index];
    if (sums_.n_seen++ == 0) {
      sums_.first_status = window.status;
    }
    if (window.status != Status::ok) {
      return;
    }
    const auto known = static_cast<double>(window.length() - batch.encoded.unknown[index]);
    for (std::size_t i = 0; i < n_classes_; ++i) {
      const double p = batch.probabilities[index * n_classes_ + i];
      sums_.weighted[i] += known * p;
      sums_.plain[i] += p;
    }
    sums_.weight += known;
    ++sums_.n_scored;
  }

  void append_sequence(std::string& lines, const source::Unit& unit, std::int64_t length) const {
    if (sums_.n_seen == 0) {
      return;
    }
    Row row;
    row.seq_id = unit.label;
    row.length = length;
    row.n_windows = sums_.n_scored;
    row.status = sums_.n_scored > 0 ? Status::ok : sums_.first_status;
    std::vector<Millionths> millionths(n_classes_);
    if (sums_.n_scored > 0) {
      const auto mean = sums_.mean();
      std::ranges::transform(mean, millionths.begin(), to_millionths);
      row.probabilities = millionths;
      row.entropy = entropy_millionths(mean);
    }
    append_line(lines, fields_, row);
  }

  Fields fields_;
  std::size_t n_classes_;
  Sums sums_;
};

}  // namespace

std::unique_ptr<Table> sequence_table(const std::vector<std::string>& classes) {
  return std::make_unique<SequenceTable>(classes);
}

}  // namespace vio::annotate

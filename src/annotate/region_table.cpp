#include <algorithm>

#include "vio/annotate/field.hpp"
#include "vio/annotate/record_table.hpp"

namespace vio::annotate {

namespace {

class RegionTable final : public RecordTable {
 public:
  explicit RegionTable(const Classes& classes) : sums_(classes.size()) {
    fields_.push_back(chrom_field());
    fields_.push_back(start_field());
    fields_.push_back(end_field());
    fields_.push_back(n_reads_field());
    fields_.push_back(label_field(classes));
    fields_.push_back(score_field());
    fields_.push_back(probabilities_field(classes));
    fields_.push_back(entropy_field());
    fields_.push_back(status_field());
  }

  std::string header() const override { return header_line(fields_); }

  std::string format(const source::RecordBatch& /*batch*/,
                     std::span<const RecordScore> /*scores*/) const override {
    return {};
  }

  std::string collect(const source::RecordBatch& batch,
                      std::span<const RecordScore> scores) override {
    std::string lines;
    std::size_t next = 0;
    for (const auto& region_end : batch.region_ends) {
      add(scores.subspan(next, region_end.after_records - next));
      next = region_end.after_records;
      append_region(lines, region_end.interval);
      std::ranges::fill(sums_, 0.0);
      n_reads_ = 0;
    }
    add(scores.subspan(next));
    return lines;
  }

 private:
  void add(std::span<const RecordScore> scores) {
    for (const auto& score : scores) {
      if (score.status == core::Status::ok) {
        std::ranges::transform(sums_, score.mean, sums_.begin(), std::plus<>());
        ++n_reads_;
      }
    }
  }

  void append_region(std::string& lines, const core::GenomicInterval& interval) const {
    Row row;
    row.contig = interval.contig;
    row.start = interval.begin;
    row.end = interval.end;
    row.n_reads = n_reads_;
    row.status = n_reads_ > 0 ? core::Status::ok : core::Status::empty;
    std::vector<Millionths> millionths(sums_.size());
    if (n_reads_ > 0) {
      auto mean = sums_;
      for (auto& sum : mean) sum /= static_cast<double>(n_reads_);
      std::ranges::transform(mean, millionths.begin(), to_millionths);
      row.probabilities = millionths;
      row.entropy = entropy_millionths(mean);
    }
    append_line(lines, fields_, row);
  }

  Fields fields_;
  std::vector<double> sums_;  // of the region's scored reads so far
  std::uint64_t n_reads_ = 0;
};

}  // namespace

std::unique_ptr<RecordTable> region_table(const std::vector<std::string>& classes) {
  return std::make_unique<RegionTable>(classes);
}

}  // namespace vio::annotate

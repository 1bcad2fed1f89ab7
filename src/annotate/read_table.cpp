#include "vio/annotate/field.hpp"
#include "vio/annotate/record_table.hpp"

namespace vio::annotate {

namespace {

Row row_of(const hts::AlignmentRecord& read, const sam_hdr_t& header, const RecordScore& score) {
  Row row;
  row.seq_id = read.name();
  row.flag = read.flag();
  row.contig = read.contig(header);
  row.start = read.position();
  row.mapping_quality = read.mapping_quality();
  row.length = score.length;
  row.unknown = score.unknown;
  row.probabilities = score.probabilities;
  row.status = score.status;
  return row;
}

class ReadTable final : public RecordTable {
 public:
  explicit ReadTable(const Classes& classes) {
    fields_.push_back(read_id_field());
    fields_.push_back(flag_field());
    fields_.push_back(chrom_field());
    fields_.push_back(pos_field());
    fields_.push_back(mapq_field());
    fields_.push_back(length_field());
    fields_.push_back(n_frac_field());
    fields_.push_back(label_field(classes));
    fields_.push_back(score_field());
    fields_.push_back(probabilities_field(classes));
    fields_.push_back(status_field());
  }

  std::string header() const override { return header_line(fields_); }

  std::string format(const source::RecordBatch& batch,
                     std::span<const RecordScore> scores) const override {
    const auto& reads = std::get<std::vector<hts::AlignmentRecord>>(batch.records);
    std::string lines;
    for (std::size_t i = 0; i < reads.size(); ++i) {
      append_line(lines, fields_, row_of(reads[i], *batch.header, scores[i]));
    }
    return lines;
  }

  std::string collect(const source::RecordBatch& /*batch*/,
                      std::span<const RecordScore> /*scores*/) override {
    return {};
  }

 private:
  Fields fields_;
};

}  // namespace

std::unique_ptr<RecordTable> read_table(const std::vector<std::string>& classes) {
  return std::make_unique<ReadTable>(classes);
}

}  // namespace vio::annotate

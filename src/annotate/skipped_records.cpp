#include <fmt/format.h>

#include <iterator>

#include "vio/annotate/record_table.hpp"

namespace vio::annotate {

namespace {

struct NameOf {
  std::size_t index;
  std::string operator()(const std::vector<hts::AlignmentRecord>& reads) const {
    return std::string(reads[index].name());
  }
  std::string operator()(const std::vector<source::TableRow>& rows) const {
    return std::to_string(rows[index].line);
  }
};

}  // namespace

std::string skipped_records_header() {
  return "#record\tlength\tstatus\treason\n";
}

std::string skipped_record_lines(const source::RecordBatch& batch,
                                 std::span<const RecordScore> scores) {
  std::string lines;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const auto& score = scores[i];
    if (score.status != core::Status::ok) {
      fmt::format_to(std::back_inserter(lines), "{}\t{}\t{}\t{}\n",
                     std::visit(NameOf{i}, batch.records), score.length,
                     core::status_name(score.status), core::status_meaning(score.status));
    }
  }
  return lines;
}

}  // namespace vio::annotate

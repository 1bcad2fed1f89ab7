#include "vio/sink/table_sink.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tabix_index.hpp"
#include "vio/core/error.hpp"

namespace vio::sink {

TableSink::TableSink(const TableSinkOptions& options, TemporaryFiles& temporaries)
    : target_(options.path, temporaries),
      bytes_(open_byte_sink(target_, options.compression, options.threads)),
      threads_(options.threads),
      temporaries_(temporaries) {
  if (options.write_index) {
    index_target_ = std::make_unique<OutputTarget>(options.path + ".tbi", temporaries);
  }
}

TableSink::~TableSink() = default;

void TableSink::note_row(std::string_view seq_id, std::int64_t start, std::int64_t end) {
  if (contig_ != seq_id) {
    finished_contigs_.insert(contig_);
    contig_ = seq_id;
    last_start_ = 0;
    if (finished_contigs_.contains(contig_)) {
      throw core::InputError(
          fmt::format("'{}' comes a second time, so the table cannot be indexed: sort the input, "
                      "or leave out -W",
                      seq_id));
    }
  }
  if (start < last_start_) {
    throw core::InputError(fmt::format(
        "rows of '{}' are not sorted ({} after {}), so the table cannot be indexed: sort the "
        "regions, or leave out -W",
        seq_id, start, last_start_));
  }
  last_start_ = start;
  largest_end_ = std::max(largest_end_, end);
}

void TableSink::finish() {
  bytes_->finish();
  if (index_target_) {
    if (largest_end_ > kTbiLongestContig) {
      index_target_ =
          std::make_unique<OutputTarget>(target_.final_path().string() + ".csi", temporaries_);
    }
    const auto kind = largest_end_ > kTbiLongestContig ? IndexKind::csi : IndexKind::tbi;
    build_tabix_index(target_, *index_target_, kind, threads_);
    index_target_->commit();
  }
  target_.commit();
}

}  // namespace vio::sink

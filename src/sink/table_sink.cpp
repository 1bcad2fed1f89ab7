#include "vio/sink/table_sink.hpp"

#include "output_index.hpp"

namespace vio::sink {

TableSink::TableSink(const TableSinkOptions& options, TemporaryFiles& temporaries)
    : target_(options.path, temporaries),
      bytes_(open_byte_sink(target_, options.compression, options.threads)) {
  if (options.write_index) {
    index_ = std::make_unique<OutputIndex>(options.path, IndexedFormat::bed_table, options.threads,
                                           temporaries);
  }
}

TableSink::~TableSink() = default;

void TableSink::note_row(std::string_view seq_id, std::int64_t start, std::int64_t end) {
  index_->note(seq_id, start, end);
}

void TableSink::finish() {
  bytes_->finish();
  if (index_) {
    index_->build(target_);
  }
  target_.commit();
}

}  // namespace vio::sink

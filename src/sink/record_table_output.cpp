#include "vio/annotate/record_table.hpp"
#include "vio/sink/record_output.hpp"
#include "vio/sink/table_sink.hpp"

namespace vio::sink {

namespace {

/// Lines of one kind or another; only the table knows which.
class RecordTableOutput final : public RecordOutput {
 public:
  RecordTableOutput(const RecordTableOptions& options, std::unique_ptr<annotate::RecordTable> table,
                    TemporaryFiles& temporaries)
      : table_(std::move(table)),
        sink_(
            {.path = options.path, .compression = options.compression, .threads = options.threads},
            temporaries) {
    sink_.write(table_->header());
  }

  std::string format(source::RecordBatch& batch,
                     std::span<const annotate::RecordScore> scores) const override {
    return table_->format(batch, scores);
  }
  void write(const source::RecordBatch& batch, std::span<const annotate::RecordScore> scores,
             const std::string& text) override {
    sink_.write(text);
    sink_.write(table_->collect(batch, scores));
  }
  void flush() override { sink_.flush(); }
  void finish() override { sink_.finish(); }

 private:
  std::unique_ptr<annotate::RecordTable> table_;
  TableSink sink_;
};

}  // namespace

std::unique_ptr<RecordOutput> open_read_table(const RecordTableOptions& options,
                                              const std::vector<std::string>& classes,
                                              TemporaryFiles& temporaries) {
  return std::make_unique<RecordTableOutput>(options, annotate::read_table(classes), temporaries);
}

std::unique_ptr<RecordOutput> open_region_table(const RecordTableOptions& options,
                                                const std::vector<std::string>& classes,
                                                TemporaryFiles& temporaries) {
  return std::make_unique<RecordTableOutput>(options, annotate::region_table(classes), temporaries);
}

std::unique_ptr<RecordOutput> open_row_table(const RecordTableOptions& options,
                                             const TableLayout& layout,
                                             const std::vector<std::string>& classes,
                                             TemporaryFiles& temporaries) {
  return std::make_unique<RecordTableOutput>(options, annotate::row_table(layout, classes),
                                             temporaries);
}

}  // namespace vio::sink

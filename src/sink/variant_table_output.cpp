#include "variant_table_output.hpp"

#include "vio/annotate/variant_rows.hpp"
#include "vio/annotate/variant_table.hpp"

namespace vio::sink {

VariantTableOutput::VariantTableOutput(const VariantOutputOptions& options,
                                       std::shared_ptr<const annotate::VariantFields> fields,
                                       std::size_t n_classes, TemporaryFiles& temporaries)
    : TextVariantOutput(options, IndexedFormat::variant_table,
                        annotate::variant_header_line(*fields), temporaries),
      fields_(std::move(fields)),
      n_classes_(n_classes) {}

std::string VariantTableOutput::format(annotate::ScoredVariants& batch) const {
  annotate::VariantRows rows(batch, n_classes_);
  std::string lines;
  for (std::size_t i = 0; i < batch.encoded.batch.records.size(); ++i) {
    annotate::append_variant_lines(lines, *fields_, rows.row(i));
  }
  return lines;
}

}  // namespace vio::sink

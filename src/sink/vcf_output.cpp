#include "vcf_output.hpp"

#include "vio/annotate/variant_rows.hpp"

namespace vio::sink {

VcfOutput::VcfOutput(const VariantOutputOptions& options, const hts::VariantHeader& header,
                     std::shared_ptr<const annotate::VariantFields> fields, std::size_t n_classes,
                     TemporaryFiles& temporaries)
    : TextVariantOutput(options, IndexedFormat::vcf, header.text(), temporaries),
      tags_(std::move(fields), options.tag),
      n_classes_(n_classes) {
  if (index() != nullptr) {
    note_contig_lengths(*index(), header);
  }
}

std::string VcfOutput::format(annotate::ScoredVariants& batch) const {
  auto& read = batch.encoded.batch;
  const auto declared = tags_.declared_in(read.header);
  annotate::VariantRows rows(batch, n_classes_);
  std::string lines;
  for (std::size_t i = 0; i < read.records.size(); ++i) {
    auto& record = read.records[i];
    tags_.remove_old(*read.header, record);
    tags_.set(*declared, record, rows.row(i));
    record.append_vcf(*declared, lines);
  }
  return lines;
}

}  // namespace vio::sink

#include "text_variant_output.hpp"

namespace vio::sink {

namespace {

Compression compression_of(VariantFormat format) {
  const bool compressed =
      format == VariantFormat::compressed_table || format == VariantFormat::compressed_vcf;
  return compressed ? Compression::bgzf : Compression::none;
}

}  // namespace

TextVariantOutput::TextVariantOutput(const VariantOutputOptions& options, IndexedFormat format,
                                     const std::string& header, TemporaryFiles& temporaries)
    : target_(options.path, temporaries),
      bytes_(open_byte_sink(target_, compression_of(options.format), options.threads)) {
  if (options.write_index) {
    index_ = std::make_unique<OutputIndex>(options.path, format, options.threads, temporaries);
  }
  bytes_->write(header);
}

void TextVariantOutput::write(const annotate::ScoredVariants& batch, const std::string& text) {
  if (index_) {
    note_places(*index_, batch.encoded.batch);
  }
  bytes_->write(text);
}

void TextVariantOutput::finish() {
  bytes_->finish();
  if (index_) {
    index_->build(target_);
  }
  target_.commit();
}

void note_places(OutputIndex& index, const source::VariantBatch& batch) {
  for (const auto& record : batch.records) {
    const auto begin = record.position();
    index.note(record.contig(*batch.header), begin, begin + record.reference_length());
  }
}

void note_contig_lengths(OutputIndex& index, const hts::VariantHeader& header) {
  for (const auto& contig : header.contigs()) {
    index.note_contig_length(contig.length.value_or(0));
  }
}

}  // namespace vio::sink

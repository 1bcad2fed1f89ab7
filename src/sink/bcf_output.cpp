#include "bcf_output.hpp"

#include "bcf_limits.hpp"
#include "text_variant_output.hpp"
#include "vio/annotate/variant_rows.hpp"

namespace vio::sink {

BcfOutput::BcfOutput(const VariantOutputOptions& options, const hts::VariantHeader& header,
                     std::shared_ptr<const annotate::VariantFields> fields, std::size_t n_classes,
                     TemporaryFiles& temporaries)
    : target_(options.path, temporaries),
      header_(header.copy()),
      tags_(std::move(fields), options.tag),
      n_classes_(n_classes),
      file_(target_, options.format == VariantFormat::bcf, options.threads) {
  if (options.write_index) {
    index_ = std::make_unique<OutputIndex>(options.path, IndexedFormat::bcf, options.threads,
                                           temporaries);
  }
  file_.write(header_);
}

std::string BcfOutput::format(annotate::ScoredVariants& batch) const {
  auto& read = batch.encoded.batch;
  annotate::VariantRows rows(batch, n_classes_);
  for (std::size_t i = 0; i < read.records.size(); ++i) {
    auto& record = read.records[i];
    tags_.remove_old(*read.header, record);
    mark_undeclared(*read.header, header_, record);
    if (!record.is_undeclared()) {  // else write() tells, in the input's order
      tags_.set(header_, record, rows.row(i));
    }
  }
  return {};
}

void BcfOutput::write(const annotate::ScoredVariants& batch, const std::string& /*text*/) {
  const auto& read = batch.encoded.batch;
  if (index_) {
    note_places(*index_, read);
  }
  for (const auto& record : read.records) {
    check_bcf_can_hold(*read.header, record, target_);
    file_.write(header_, record);
  }
}

void BcfOutput::finish() {
  file_.finish();
  if (index_) {
    index_->build(target_);
  }
  target_.commit();
}

}  // namespace vio::sink

#include "alignment_output.hpp"

#include "alignment_header.hpp"
#include "vio/core/error.hpp"

namespace vio::sink {

namespace {

IndexedFormat indexed_format(AlignmentFormat format) {
  switch (format) {
    case AlignmentFormat::sam:
      return IndexedFormat::sam;
    case AlignmentFormat::bam:
      return IndexedFormat::bam;
    case AlignmentFormat::cram:
      break;
  }
  return IndexedFormat::cram;
}

void check_index(const AlignmentOutputOptions& options) {
  const bool compressed = options.compressed || options.format != AlignmentFormat::sam;
  if (options.write_index && (!compressed || options.path == "-")) {
    throw core::UsageError(
        "an index (-W) is of a compressed file: name one that ends in .bam, .cram or .sam.gz with "
        "-o, or leave out -W");
  }
}

}  // namespace

AlignmentOutput::AlignmentOutput(const AlignmentOutputOptions& options, const sam_hdr_t& header,
                                 const std::vector<std::string>& classes,
                                 TemporaryFiles& temporaries)
    : target_(options.path, temporaries), header_(output_header(header, options)), tags_(classes) {
  if (options.write_index) {
    index_.emplace(options.path, indexed_format(options.format), options.threads, *header_,
                   temporaries);
  }
}

AlignmentOutput::Reads& AlignmentOutput::set_tags(
    source::RecordBatch& batch, std::span<const annotate::RecordScore> scores) const {
  auto& reads = std::get<Reads>(batch.records);
  for (std::size_t i = 0; i < reads.size(); ++i) {
    tags_.set(reads[i], scores[i]);
  }
  return reads;
}

void AlignmentOutput::write(const source::RecordBatch& batch,
                            std::span<const annotate::RecordScore> /*scores*/,
                            const std::string& text) {
  const auto& reads = std::get<Reads>(batch.records);
  if (index_) {
    index_->note(reads);
  }
  write_reads(reads, text);
}

void AlignmentOutput::finish() {
  close();
  if (index_) {
    index_->build(target_);
  }
  target_.commit();
}

SamOutput::SamOutput(const AlignmentOutputOptions& options, const sam_hdr_t& header,
                     const std::vector<std::string>& classes, TemporaryFiles& temporaries)
    : AlignmentOutput(options, header, classes, temporaries),
      bytes_(open_byte_sink(target(), options.compressed ? Compression::bgzf : Compression::none,
                            options.threads)) {
  bytes_->write(header_text(this->header()));
}

std::string SamOutput::format(source::RecordBatch& batch,
                              std::span<const annotate::RecordScore> scores) const {
  std::string lines;
  for (const auto& read : set_tags(batch, scores)) {
    read.append_sam(header(), lines);
  }
  return lines;
}

void SamOutput::write_reads(const Reads& /*reads*/, const std::string& text) {
  bytes_->write(text);
}

PackedAlignmentOutput::PackedAlignmentOutput(const AlignmentOutputOptions& options,
                                             const sam_hdr_t& header,
                                             const std::vector<std::string>& classes,
                                             TemporaryFiles& temporaries)
    : AlignmentOutput(options, header, classes, temporaries),
      file_(target(), options, this->header()) {}

std::string PackedAlignmentOutput::format(source::RecordBatch& batch,
                                          std::span<const annotate::RecordScore> scores) const {
  set_tags(batch, scores);
  return {};
}

void PackedAlignmentOutput::write_reads(const Reads& reads, const std::string& /*text*/) {
  for (const auto& read : reads) {
    file_.write(read);
  }
}

std::unique_ptr<RecordOutput> open_alignment_output(const AlignmentOutputOptions& options,
                                                    const sam_hdr_t& header,
                                                    const std::vector<std::string>& classes,
                                                    TemporaryFiles& temporaries) {
  check_index(options);
  if (options.format == AlignmentFormat::sam) {
    return std::make_unique<SamOutput>(options, header, classes, temporaries);
  }
  return std::make_unique<PackedAlignmentOutput>(options, header, classes, temporaries);
}

}  // namespace vio::sink

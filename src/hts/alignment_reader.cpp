#include "vio/hts/alignment_reader.hpp"

#include "hts/alignment_file.hpp"

namespace vio::hts {

AlignmentReader::AlignmentReader(Input input, const AlignmentReaderOptions& options)
    : file_(std::make_unique<File>(std::move(input), options)) {}

AlignmentReader::~AlignmentReader() = default;

std::shared_ptr<const sam_hdr_t> AlignmentReader::header() const noexcept {
  return file_->header();
}

std::string_view AlignmentReader::format() const noexcept {
  return file_->format_name();
}

const std::string& AlignmentReader::name() const noexcept {
  return file_->name();
}

bool AlignmentReader::read(AlignmentRecord& record) {
  return file_->read(record);
}

bool AlignmentReader::has_index() const {
  return file_->has_index();
}

void AlignmentReader::load_index() {
  file_->load_index();
}

void AlignmentReader::query(int contig_id, std::int64_t begin, std::int64_t end) {
  file_->query(contig_id, begin, end);
}

void AlignmentReader::query_unplaced() {
  file_->query_unplaced();
}

std::uint64_t AlignmentReader::compressed_position() const {
  return file_->position();
}

std::optional<std::uint64_t> AlignmentReader::compressed_size() const noexcept {
  return file_->size();
}

}  // namespace vio::hts

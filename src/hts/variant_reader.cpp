#include "vio/hts/variant_reader.hpp"

#include <fmt/format.h>

#include "hts/variant_file.hpp"
#include "vio/core/error.hpp"

namespace vio::hts {

VariantReader::VariantReader(Input input, int threads)
    : file_(std::make_unique<File>(std::move(input), threads)) {
  VariantHeaderHandle header(bcf_hdr_read(file_->handle()));
  if (!header) {
    throw core::InputError(
        fmt::format("{} has a header that cannot be read as that of a {}: it is truncated, "
                    "malformed, or names a "
                    "sample twice; check it with `bcftools view -h`.",
                    file_->name(), file_->is_bcf() ? "BCF" : "VCF"));
  }
  header_ = std::make_unique<VariantHeader>(std::move(header));
  if (file_->bgzf() != nullptr) header_end_ = static_cast<std::uint64_t>(bgzf_tell(file_->bgzf()));
}

VariantReader::~VariantReader() = default;

VariantHeader& VariantReader::header() noexcept {
  return *header_;
}

const VariantHeader& VariantReader::header() const noexcept {
  return *header_;
}

std::string_view VariantReader::format() const noexcept {
  return file_->is_bcf() ? "bcf" : "vcf";
}

const std::string& VariantReader::name() const noexcept {
  return file_->name();
}

bool VariantReader::is_regular_file() const noexcept {
  return file_->size().has_value();
}

template <typename Read>
int VariantReader::explained(const Read& read) const {
  try {
    return read();
  } catch (const LineFault& fault) {
    throw core::InputError(
        fmt::format("{}: the record after {} is malformed: {}; correct the step that wrote it.",
                    file_->name(), last_place(), fault.what));
  }
}

std::optional<std::string> VariantReader::first_contig() {
  // Reading adds to the header what the record uses; the real one is to get that later.
  const VariantHeader probe = header_->copy();
  VariantRecord record;
  const int result = explained([&] { return file_->read(probe, record.handle()); });
  if (result < -1) throw_damaged(result);
  if (result < 0) {
    file_->check_end();
    return std::nullopt;
  }
  record.append_vcf(probe, first_line_.emplace());
  return std::string(record.contig(probe));
}

bool VariantReader::read(VariantRecord& record) {
  const int result = explained([&] { return read_next(record); });
  if (result < -1) throw_damaged(result);
  if (result < 0) {
    if (!index_) file_->check_end();
    return false;
  }
  ++records_;
  last_contig_ = record.contig(*header_);
  last_position_ = record.position();
  return true;
}

int VariantReader::read_next(VariantRecord& record) {
  if (index_) return index_->read(file_->handle(), *header_, record.handle());
  if (!first_line_) return file_->read(*header_, record.handle());
  KString line;
  kputsn(first_line_->data(), first_line_->size() - 1, line.get());  // without its line end
  first_line_.reset();
  return parse_vcf_line(line, *header_, record.handle());
}

bool VariantReader::has_index() const {
  return file_->size() && file_->is_bgzf_compressed() &&
         !index_beside(file_->path(), file_->is_bcf()).empty();
}

void VariantReader::load_index() {
  if (!file_->size()) {
    throw core::UsageError(fmt::format(
        "{} is not a regular file, and nothing can be sought in it; write it to a file first.",
        file_->name()));
  }
  if (!file_->is_bgzf_compressed()) {
    throw core::UsageError(fmt::format(
        "{0} is not compressed with bgzip, so that nothing can be sought in it; compress and index "
        "it with `bcftools view -Oz -o FILE.vcf.gz {0} && bcftools index FILE.vcf.gz`.",
        file_->name()));
  }
  const auto path = index_beside(file_->path(), file_->is_bcf());
  if (path.empty()) {
    throw core::UsageError(
        fmt::format("{0} has no index; make one with `bcftools index {0}`.", file_->name()));
  }
  check_index_age(path, file_->name(), fmt::format("bcftools index -f {}", file_->name()));
  index_ = std::make_unique<Index>(*file_, path, header_end_);
}

std::vector<IndexedContig> VariantReader::indexed_contigs() const {
  return index_->contigs(*header_);
}

void VariantReader::query(const std::string& contig, std::int64_t begin, std::int64_t end) {
  index_->query(*header_, contig, begin, end);
}

void VariantReader::query_from_start(const IndexedContig& contig, std::int64_t end) {
  index_->scan(file_->handle(), *header_, contig, end);
}

std::uint64_t VariantReader::compressed_position() const {
  return file_->position();
}

std::optional<std::uint64_t> VariantReader::compressed_size() const noexcept {
  return file_->size();
}

void VariantReader::throw_damaged(int result) const {
  throw core::InputError(
      file_->is_unreadable()
          ? fmt::format("{} is truncated or corrupt: its compressed data cannot be read after {}; "
                        "fetch or compress it again.",
                        file_->name(), last_place())
          : fmt::format(
                "{}: the record after {} cannot be read (HTSlib's code {}): it is cut off or "
                "malformed; correct the step that wrote it.",
                file_->name(), last_place(), result));
}

std::string VariantReader::last_place() const {
  return records_ == 0
             ? "the header"
             : fmt::format("record {} ({}:{})", records_, last_contig_, last_position_ + 1);
}

}  // namespace vio::hts

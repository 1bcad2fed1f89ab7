#include "hts/alignment_file.hpp"

#include <fmt/format.h>
#include <htslib/cram.h>

#include "hts/alignment_tags.hpp"
#include "vio/core/error.hpp"

namespace vio::hts {

namespace {

/// Also refuses what cannot be there at all, before anything is read.
Input checked(Input input) {
  if (input.content().kind == Content::Kind::alignments) return input;
  throw core::UsageError(
      fmt::format("{} is neither SAM, BAM nor CRAM; check the path.", input.name()));
}

/// The end marker of CRAM came with 2.1.
bool has_end_marker(const htsFormat& format) {
  constexpr int kMajor = 2;
  return format.version.major > kMajor ||
         (format.version.major == kMajor && format.version.minor > 0);
}

[[noreturn]] void throw_no_cram_end(const std::string& name) {
  throw core::InputError(
      fmt::format("{} is truncated: the end marker of CRAM is missing; fetch it again.", name));
}

}  // namespace

// CRAM is decoded without HTSlib's threads: they take damage between two containers for the end.
AlignmentReader::File::File(Input input, const AlignmentReaderOptions& options)
    : HtsFile(checked(std::move(input))),
      reference_(is_cram() ? options.reference_path : std::string()) {
  if (is_cram() && size()) check_cram_end_marker();
  read_header();
  // Only now: where they have met damage, HTSlib may wait for them for ever at the header's end.
  start_threads(options.threads);
  if (is_cram()) reference_.attach(handle());
}

std::string_view AlignmentReader::File::format_name() const noexcept {
  if (is_cram()) return "cram";
  return format() == bam ? "bam" : "sam";
}

void AlignmentReader::File::check_cram_end_marker() const {
  const int found = cram_check_EOF(handle()->fp.cram);
  if (found == 0 || found == -1) throw_no_cram_end(name());
}

void AlignmentReader::File::read_header() {
  AlignmentHeaderHandle header(sam_hdr_read(handle()));
  // Counting makes HTSlib parse all of it, so that nothing is left to do where it is shared.
  if (!header || sam_hdr_count_lines(header.get(), "SQ") < 0) {
    throw core::InputError(
        fmt::format("{} has a header that cannot be read: it is truncated or malformed; check it "
                    "with `samtools view -H`.",
                    name()));
  }
  header_ = std::move(header);
  if (bgzf() != nullptr) header_end_ = static_cast<std::uint64_t>(bgzf_tell(bgzf()));
}

int AlignmentReader::File::read_raw(AlignmentRecord& record) {
  if (index_) return index_->read(handle(), header_.get(), record.handle());
  return sam_read1(handle(), header_.get(), record.handle());
}

bool AlignmentReader::File::read(AlignmentRecord& record) {
  const int result = read_raw(record);
  if (result < -1) throw_damaged(result);
  if (result < 0) {
    if (!index_) check_end();
    return false;
  }
  check(record);
  ++records_;
  ++since_query_;
  last_name_ = record.name();
  last_contig_ = record.contig_id();
  last_position_ = record.position();
  decoded_mapped_ |= last_contig_ >= 0 && record.length() > 0 && (record.flag() & BAM_FUNMAP) == 0;
  return true;
}

void AlignmentReader::File::check_end() const {
  HtsFile::check_end();
  constexpr int kWithoutMarker = 2;  // of cram_eof()
  if (is_cram() && has_end_marker(handle()->format) &&
      cram_eof(handle()->fp.cram) == kWithoutMarker) {
    throw_no_cram_end(name());
  }
}

void AlignmentReader::File::check(const AlignmentRecord& record) const {
  const auto& core = record.handle()->core;
  const int contigs = sam_hdr_nref(header_.get());
  const char* fault = nullptr;
  if (core.tid < -1 || core.tid >= contigs || core.mtid < -1 || core.mtid >= contigs) {
    fault = "its contig, or its mate's, is not in the header";
  } else if (!has_sound_tags(record.handle())) {
    fault = "its tags are malformed";
  }
  if (fault == nullptr) return;
  throw core::InputError(fmt::format(
      "{}: read {}, the one after {}, is malformed: {}; correct the step that wrote it.", name(),
      record.name(), last_place(), fault));
}

bool AlignmentReader::File::has_index() const {
  return size() && (is_bgzf_compressed() || is_cram()) && !alignment_index_beside(*this).empty();
}

void AlignmentReader::File::load_index() {
  if (!size()) {
    throw core::UsageError(fmt::format(
        "{} is not a regular file, and nothing can be sought in it; write it to a file first.",
        name()));
  }
  if (!is_bgzf_compressed() && !is_cram()) {
    throw core::UsageError(fmt::format(
        "{0} is not compressed with BGZF, so that nothing can be sought in it; sort and index it "
        "with `samtools sort --write-index -o FILE.bam {0}`.",
        name()));
  }
  const auto path = alignment_index_beside(*this);
  if (path.empty()) {
    throw core::UsageError(
        fmt::format("{0} has no index; make one with `samtools index {0}`.", name()));
  }
  check_index_age(path, name(), fmt::format("samtools index {}", name()));
  index_ = std::make_unique<AlignmentIndex>(*this, path, header_end_);
}

void AlignmentReader::File::run(const Query& query) {
  query_ = query;
  since_query_ = 0;
  if (query.contig < 0) {
    index_->query_unplaced();
  } else {
    index_->query(query.contig, query.begin, query.end);
  }
}

void AlignmentReader::File::query(int contig, std::int64_t begin, std::int64_t end) {
  run({contig, begin, end});
}

void AlignmentReader::File::query_unplaced() {
  run({});
}

}  // namespace vio::hts

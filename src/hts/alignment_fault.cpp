// What went wrong where HTSlib could not give a read.
#include <fmt/format.h>

#include "hts/alignment_file.hpp"
#include "vio/core/error.hpp"

namespace vio::hts {

namespace {

/// Reads of a slice: how far one that needs a contig can lie behind the one that failed.
constexpr int kSliceReads = 10000;

}  // namespace

void AlignmentReader::File::throw_damaged(int result) const {
  if (is_cram()) throw_undecodable();
  if (is_unreadable()) {
    throw core::InputError(
        fmt::format("{} is truncated or corrupt: its compressed data cannot be read after {}; "
                    "fetch or compress it again.",
                    name(), last_place()));
  }
  if (format() == sam && !index_) {
    throw core::InputError(
        fmt::format("{}: line {}, after {}, is no read of SAM; `samtools view` refuses it too: "
                    "correct the step that wrote it.",
                    name(), handle()->lineno, last_place()));
  }
  throw core::InputError(
      fmt::format("{}: the read after {} cannot be read (HTSlib's code {}): it is cut off or "
                  "malformed; correct the step that wrote it.",
                  name(), last_place(), result));
}

/// HTSlib says no more than that a slice of CRAM could not be decoded. Where it can be without its
/// bases, the reference is to blame: this gives a contig that is needed, if possible one that the
/// reference lacks.
std::optional<std::string> AlignmentReader::File::undecodable_contig() const {
  if (!size()) return std::nullopt;
  try {
    File probe(Input(path()), {});
    hts_set_opt(probe.handle(), CRAM_OPT_REQUIRED_FIELDS, SAM_FLAG | SAM_RNAME | SAM_POS);
    if (query_) {
      probe.load_index();
      probe.run(*query_);
    }
    AlignmentRecord record;
    for (std::uint64_t i = 0; i <= since_query_; ++i) {
      if (probe.read_raw(record) < 0) return std::nullopt;
    }
    std::optional<std::string> needed;
    for (int i = 0; i < kSliceReads; ++i) {
      if (record.contig_id() >= 0) {
        std::string contig(record.contig(*header_));
        const bool lacking = !reference_.has(contig);
        if (!needed || lacking) needed = std::move(contig);
        if (lacking) break;
      }
      if (probe.read_raw(record) < 0) break;
    }
    return needed;
  } catch (const core::Error&) {
    return std::nullopt;
  }
}

void AlignmentReader::File::throw_undecodable() const {
  const bool without = reference_.path().empty();
  const auto contig = undecodable_contig();
  if (contig && !without && !reference_.has(*contig)) {
    throw core::UsageError(
        fmt::format("the reference {} has no contig {}, from which reads of {} must be decoded; "
                    "name the FASTA that the CRAM was written with (-f).",
                    reference_.path(), *contig, name()));
  }
  if (contig && !without) {
    throw core::InputError(
        fmt::format("{}: the reads after {} cannot be decoded with contig {} of {}: it is not the "
                    "sequence that they were written with; name that FASTA (-f).",
                    name(), last_place(), *contig, reference_.path()));
  }
  if (contig || (without && !size() && !decoded_mapped_)) {
    throw core::UsageError(
        fmt::format("{} cannot be decoded without its reference{}; name the FASTA that it was "
                    "written with (-f).",
                    name(), contig ? "" : ", if it is not damaged"));
  }
  throw core::InputError(fmt::format(
      "{} is truncated or corrupt{}: what comes after {} cannot be decoded; fetch it "
      "again.",
      name(), without || size() ? "" : ", or the reference (-f) is the wrong one", last_place()));
}

std::string AlignmentReader::File::last_place() const {
  if (records_ == 0) return "the header";
  const char* const contig =
      last_contig_ < 0 ? nullptr : sam_hdr_tid2name(header_.get(), last_contig_);
  return contig == nullptr
             ? fmt::format("read {} ({}, unplaced)", records_, last_name_)
             : fmt::format("read {} ({}, {}:{})", records_, last_name_, contig, last_position_ + 1);
}

}  // namespace vio::hts

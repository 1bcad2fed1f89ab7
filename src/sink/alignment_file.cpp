#include "alignment_file.hpp"

#include <fmt/format.h>
#include <htslib/sam.h>

#include <algorithm>
#include <cerrno>
#include <limits>

#include "vio/core/error.hpp"
#include "vio/hts/cram_reference.hpp"

namespace vio::sink {

namespace {

constexpr std::int64_t kLargestPosition = std::numeric_limits<std::int32_t>::max();

/// HTSlib would look for what the reference lacks where the header says, in a network too.
void check_reference(const hts::FastaIndex& reference, const std::string& path,
                     const sam_hdr_t& header) {
  for (int id = 0; id < sam_hdr_nref(&header); ++id) {
    const auto* const name = sam_hdr_tid2name(&header, id);
    const auto length = sam_hdr_tid2len(&header, id);
    const auto* const entry = reference.find(name);
    if (entry == nullptr || entry->length != length) {
      const auto found =
          entry == nullptr ? std::string("none") : fmt::format("one of {}", entry->length);
      throw core::UsageError(
          fmt::format("the reads were aligned to a contig '{}' of {} bases, but {} has {} of that "
                      "name: for CRAM give -f the reference that they were aligned to, or write "
                      "BAM (-O B)",
                      name, length, path, found));
    }
  }
}

void check_lengths(const sam_hdr_t& header) {
  for (int id = 0; id < sam_hdr_nref(&header); ++id) {
    if (sam_hdr_tid2len(&header, id) > kLargestPosition) {
      throw core::UsageError(
          fmt::format("contig '{}' is longer than CRAM can hold (2^31 - 1 bases); write SAM (-O s)",
                      sam_hdr_tid2name(&header, id)));
    }
  }
}

/// Nothing where none is needed.
std::optional<hts::FastaIndex> reference_of(const AlignmentOutputOptions& options,
                                            const sam_hdr_t& header) {
  if (options.format != AlignmentFormat::cram || sam_hdr_nref(&header) == 0) {
    return std::nullopt;
  }
  check_lengths(header);
  if (options.reference_path.empty()) {
    throw core::UsageError(
        "CRAM is packed against the reference that the reads were aligned to: name its FASTA with "
        "-f, or write BAM (-O B)");
  }
  auto reference = hts::open_cram_reference(options.reference_path);
  check_reference(reference, options.reference_path, header);
  return reference;
}

}  // namespace

AlignmentFile::AlignmentFile(const OutputTarget& target, const AlignmentOutputOptions& options,
                             const sam_hdr_t& header)
    : header_(header),
      reference_(reference_of(options, header)),
      file_(target, options.format == AlignmentFormat::cram ? "wc" : "wb") {
  if (options.format != AlignmentFormat::cram) {
    file_.set_threads(options.threads);
  }
  if (reference_ && hts_set_fai_filename(file_.handle(), reference_->fasta().c_str()) != 0) {
    throw core::UsageError(
        fmt::format("HTSlib cannot use {} as the reference of a CRAM", options.reference_path));
  }
  errno = 0;
  if (sam_hdr_write(file_.handle(), &header_) < 0) {
    file_.fail();
  }
}

void AlignmentFile::write(const hts::AlignmentRecord& read) {
  const auto& core = read.handle()->core;
  if (std::max({core.pos, core.mpos, std::abs(core.isize)}) > kLargestPosition) {
    throw core::UsageError(fmt::format(
        "read '{}' lies at a position that neither BAM nor CRAM can hold (beyond 2^31 - "
        "1); write SAM (-O s)",
        read.name()));
  }
  errno = 0;
  if (sam_write1(file_.handle(), &header_, read.handle()) < 0) {
    file_.fail();
  }
}

}  // namespace vio::sink

#include "alignment_index.hpp"

#include <fmt/format.h>
#include <htslib/sam.h>

#include <algorithm>

#include "vio/core/error.hpp"

namespace vio::sink {

namespace {

/// HTSlib adds a level of bins, each eight times as wide, until the longest contig fits with room.
std::int64_t reach_of_csi(std::int64_t longest_contig) {
  constexpr std::int64_t kRoom = 256;
  std::int64_t reach = kLongestContig;
  while (reach < longest_contig + kRoom) reach *= 8;
  return reach;
}

}  // namespace

AlignmentIndex::AlignmentIndex(const std::string& path, IndexedFormat format, int threads,
                               const sam_hdr_t& header, TemporaryFiles& temporaries)
    : header_(header), index_(path, format, threads, temporaries) {
  std::int64_t longest = 0;
  for (int id = 0; id < sam_hdr_nref(&header_); ++id) {
    longest = std::max<std::int64_t>(longest, sam_hdr_tid2len(&header_, id));
  }
  index_.note_contig_length(longest);
  if (longest > kLongestContig) {
    reach_ = reach_of_csi(longest);
  }
}

void AlignmentIndex::note(std::span<const hts::AlignmentRecord> reads) {
  for (const auto& read : reads) {
    const auto place = place_of(read);
    if (place < last_) {
      refuse(read);
    }
    last_ = place;
    check_reach(read);
  }
}

AlignmentIndex::Place AlignmentIndex::place_of(const hts::AlignmentRecord& read) noexcept {
  const int contig = read.contig_id();
  return {static_cast<std::uint32_t>(contig), contig < 0 ? -1 : read.position()};
}

void AlignmentIndex::refuse(const hts::AlignmentRecord& read) const {
  throw core::InputError(fmt::format(
      "the reads are not sorted by place (read '{}', {}, comes after {}), so the output "
      "cannot be indexed: sort the reads (samtools sort), or leave out -W",
      read.name(), text_of(place_of(read)), text_of(last_)));
}

std::string AlignmentIndex::text_of(const Place& place) const {
  const auto* const contig = sam_hdr_tid2name(&header_, static_cast<int>(place.contig));
  return contig == nullptr ? "without a contig" : fmt::format("{}:{}", contig, place.position + 1);
}

void AlignmentIndex::check_reach(const hts::AlignmentRecord& read) const {
  if (read.contig_id() >= 0 && read.end() > reach_) {
    throw core::InputError(
        fmt::format("read '{}' ({}) ends at {}, past the end of every contig that the header "
                    "declares, so the output cannot be indexed: correct it, or leave out -W",
                    read.name(), text_of(place_of(read)), read.end()));
  }
}

}  // namespace vio::sink

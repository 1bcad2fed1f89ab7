#include "encode/variant_site.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "vio/core/error.hpp"
#include "vio/window/variant_windows.hpp"

namespace vio::encode {

namespace {

using core::Status;

/// Long alleles are cut in messages.
std::string shortened(std::string_view symbols) {
  constexpr std::size_t kShown = 20;
  return symbols.size() <= kShown ? std::string(symbols)
                                  : std::string(symbols.substr(0, kShown)) + "...";
}

}  // namespace

SiteFinder::SiteFinder(const source::ContigNames& contigs, ReferenceCache& cache,
                       const VariantEncoding& options)
    : contigs_(contigs), cache_(cache), options_(options) {}

Site SiteFinder::locate(const hts::VariantHeader& header, const hts::VariantRecord& record,
                        std::string_view ref) {
  Site site;
  site.position = record.position();
  site.ref = ref;
  const auto refuse = [&](Status status) {
    site.status = status;
    site.block.reset();
    return site;
  };
  const auto* const entry = find_contig(record.contig(header));
  if (entry == nullptr) return refuse(Status::no_contig);
  site.contig_length = entry->length;
  if (site.position < 0 || site.position >= entry->length || site.ref_end() > entry->length) {
    return refuse(Status::out_of_range);
  }
  site.block = find_block(*entry, site.position);
  if (!ref_matches(site, *entry)) {
    if (options_.ref_mismatch == RefMismatch::fail) {
      throw_mismatch(hts::place_of(header, record), site, *entry);
    }
    // What is no sequence cannot be scored as one. Only the letters of bases match themselves.
    const bool is_sequence = !ref.empty() && window::bases_match(ref, ref);
    if (options_.ref_mismatch == RefMismatch::skip || !is_sequence) {
      return refuse(Status::ref_mismatch);
    }
    site.replaces_reference = true;
  }
  if (!window::fits_window(length_of(ref), options_.window)) return refuse(Status::too_long);
  return site;
}

const hts::FastaEntry* SiteFinder::find_contig(std::string_view contig) {
  if (last_contig_ != contig) {
    last_entry_ = contigs_.find(contig);
    last_contig_ = contig;
  }
  return last_entry_;
}

std::shared_ptr<const ReferenceBlock> SiteFinder::find_block(const hts::FastaEntry& entry,
                                                             std::int64_t position) {
  const auto begin = std::max<std::int64_t>(position - options_.window / 2, 0);
  auto block = cache_.find(entry, begin);
  const auto needed = std::min(begin + variant_reach(options_.window), entry.length);
  if (block->begin + length_of(block->symbols) < needed) {
    throw core::InternalError(
        "A variant's window is wider than the blocks of the reference cache reach; this is a bug, "
        "please report it.");
  }
  return block;
}

bool SiteFinder::ref_matches(const Site& site, const hts::FastaEntry& entry) const {
  const auto offset = static_cast<std::size_t>(site.position - site.block->begin);
  const std::string_view near = std::string_view(site.block->symbols).substr(offset);
  if (site.ref.empty()) return false;
  if (near.size() >= site.ref.size()) {
    return window::bases_match(site.ref, near.substr(0, site.ref.size()));
  }
  // A REF that is far too long for any window is still judged first.
  return window::bases_match(site.ref,
                             cache_.reference().read(entry, site.position, site.ref_end()));
}

void SiteFinder::throw_mismatch(const std::string& place, const Site& site,
                                const hts::FastaEntry& entry) const {
  const auto there = cache_.reference().read(entry, site.position, site.ref_end());
  throw core::InputError(
      fmt::format("{}: REF is {}, but the reference {} has {} there; give the reference that the "
                  "variants were called on with -f, or leave such records out with --ref-mismatch "
                  "skip.",
                  place, shortened(site.ref), cache_.reference().path(), shortened(there)));
}

}  // namespace vio::encode

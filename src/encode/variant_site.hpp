#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "vio/encode/encoded_variants.hpp"

namespace vio::encode {

[[nodiscard]] inline std::int64_t length_of(std::string_view symbols) noexcept {
  return static_cast<std::int64_t>(symbols.size());
}

/// Where a record's alleles lie on the reference, or why they cannot be scored.
struct Site {
  core::Status status = core::Status::ok;
  std::int64_t position = 0;  ///< of REF's first base, on the contig
  std::string_view ref;       ///< a view of the record
  std::int64_t contig_length = 0;
  bool replaces_reference = false;              ///< REF takes the place of what the reference says
  std::shared_ptr<const ReferenceBlock> block;  ///< holds every window of the site; null unless ok

  [[nodiscard]] std::int64_t ref_end() const noexcept { return position + length_of(ref); }
};

/// Finds the sites of a batch's records; it remembers the last contig, as neighbours share it. For
/// one thread.
class SiteFinder {
 public:
  /// All but the options are referred to.
  SiteFinder(const source::ContigNames& contigs, ReferenceCache& cache,
             const VariantEncoding& options);

  /// Throws core::InputError where REF is not what the reference says and that is to fail.
  [[nodiscard]] Site locate(const hts::VariantHeader& header, const hts::VariantRecord& record,
                            std::string_view ref);

 private:
  [[nodiscard]] const hts::FastaEntry* find_contig(std::string_view contig);
  /// The block that holds every window of alleles at `position`.
  [[nodiscard]] std::shared_ptr<const ReferenceBlock> find_block(const hts::FastaEntry& entry,
                                                                 std::int64_t position);
  [[nodiscard]] bool ref_matches(const Site& site, const hts::FastaEntry& entry) const;
  [[noreturn]] void throw_mismatch(const std::string& place, const Site& site,
                                   const hts::FastaEntry& entry) const;

  const source::ContigNames& contigs_;
  ReferenceCache& cache_;
  VariantEncoding options_;
  std::optional<std::string> last_contig_;
  const hts::FastaEntry* last_entry_ = nullptr;  ///< null too where the reference lacks it
};

}  // namespace vio::encode

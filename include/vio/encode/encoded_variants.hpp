#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "vio/core/alphabet.hpp"
#include "vio/core/status.hpp"
#include "vio/encode/reference_cache.hpp"
#include "vio/source/contig_names.hpp"
#include "vio/source/variant_source.hpp"
#include "vio/window/window.hpp"

namespace vio::encode {

/// What to do where REF is not what the reference says.
enum class RefMismatch : std::uint8_t {
  skip,     ///< REF_MISMATCH
  use_vcf,  ///< score as if the reference said REF
  fail,     ///< core::InputError
};

/// One ALT; or, for a record without any, the one status NO_ALT.
struct Allele {
  core::Status status = core::Status::no_alt;
  bool edge = false;       ///< its window or REF's is clipped at a contig's end
  bool unknown = false;    ///< its window or REF's has unknown bases
  std::size_t window = 0;  ///< index into windows; only where status is ok
};

/// One record.
struct Variant {
  std::size_t first_allele = 0;  ///< index into alleles
  std::size_t n_alleles = 0;     ///< ALTs; 1 for a record without ALT
  std::size_t ref_window = 0;    ///< index into windows; only where `scored`
  bool scored = false;           ///< any of its alleles is ok
};

/// A batch whose alleles have become windows. REF comes before its ALTs; one REF window serves all
/// of them.
struct EncodedVariants {
  source::VariantBatch batch;
  std::vector<Variant> variants;  ///< [n_records]
  std::vector<Allele> alleles;
  std::vector<window::Window> windows;                        ///< forward strand
  std::vector<std::shared_ptr<const ReferenceBlock>> blocks;  ///< what the windows view
  std::deque<std::vector<core::Code>> allele_codes;           ///< what their edits view
};

struct VariantEncoding {
  std::int64_t window = 1000;  ///< positions
  RefMismatch ref_mismatch = RefMismatch::skip;
};

/// Plans and encodes the windows of a batch. An allele that cannot be scored gets the first reason
/// of: what its text says (NO_ALT, STAR, SYMBOLIC, BREAKEND), NO_CONTIG, OUT_OF_RANGE (POS 0, or
/// REF reaches past the contig's end), REF_MISMATCH, TOO_LONG (REF or ALT). Thread-safe. Throws
/// core::InputError.
[[nodiscard]] EncodedVariants encode_variants(source::VariantBatch batch,
                                              const source::ContigNames& contigs,
                                              ReferenceCache& cache,
                                              const VariantEncoding& options);

/// The most positions that a variant's window may span on the reference before its edit.
[[nodiscard]] std::int64_t variant_reach(std::int64_t window) noexcept;

}  // namespace vio::encode

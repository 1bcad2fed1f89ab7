#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vio/hts/variant_reader.hpp"
#include "vio/hts/variant_record.hpp"
#include "vio/source/contig_names.hpp"
#include "vio/source/selection.hpp"
#include "vio/source/sequence_source.hpp"

namespace vio::source {

/// Neighbouring records in input order, one token of the pipeline on its way in.
struct VariantBatch {
  /// The header that the records were read with; never changes once it is here.
  std::shared_ptr<const hts::VariantHeader> header;
  std::vector<hts::VariantRecord> records;
  std::uint64_t first_ordinal = 0;  ///< of records[0]: 0, 1, 2, ... in input order
  ReadProgress progress;
  double read_seconds = 0;  ///< wall time it took to read
};

/// What of a record must overlap a region for the record to be taken; bcftools' three ways.
enum class Overlap : std::uint8_t {
  position,  ///< POS
  record,    ///< all of REF, or up to INFO/END
  variant,   ///< what is left of REF without the bases that every ALT begins with
};

struct VariantSourceOptions : Selection {
  std::optional<Overlap> overlap;     ///< without it: record for regions, position for targets
  std::size_t max_windows = 64;       ///< per batch: REF and every ALT; one record may exceed it
  std::size_t max_bytes = 1U << 22U;  ///< of a batch's records; one record may exceed it
};

/// Yields the records of a VCF or BCF in input order, all of them or those of regions or a shard.
/// Not thread-safe: one caller.
class VariantSource {
 public:
  VariantSource(const VariantSource&) = delete;
  VariantSource& operator=(const VariantSource&) = delete;
  virtual ~VariantSource() = default;

  /// The next batch, or nothing at the end, which is reported only after the input was checked to
  /// be whole. Throws core::InputError.
  [[nodiscard]] std::optional<VariantBatch> next();

 protected:
  VariantSource(hts::VariantReader& reader, const VariantSourceOptions& options);
  /// The next record that belongs to this source; false at the end.
  [[nodiscard]] virtual bool read(hts::VariantRecord& record) = 0;
  [[nodiscard]] virtual ReadProgress progress() const = 0;
  [[nodiscard]] hts::VariantReader& reader() noexcept { return reader_; }
  [[nodiscard]] const hts::VariantReader& reader() const noexcept { return reader_; }

 private:
  hts::VariantReader& reader_;
  std::shared_ptr<const hts::VariantHeader>
      header_;  ///< copy of the reader's, as of the last batch
  std::size_t max_windows_;
  std::size_t max_bytes_;
  std::uint64_t records_ = 0;
};

/// Chooses how to read: a stream, or with the index where regions or a shard are asked for.
/// `reader` has its header as it shall be, and outlives the source. Throws core::UsageError
/// (regions of standard input, without an index, of a contig that neither variants nor reference
/// have), core::InputError (a stale index).
[[nodiscard]] std::unique_ptr<VariantSource> open_variants(hts::VariantReader& reader,
                                                           const ContigNames& contigs,
                                                           const VariantSourceOptions& options);

/// Declares in the header, before its first record is read, every contig of the reference that it
/// lacks under any name: as the contig map names it, or by the convention of the contigs that it
/// has, else of the first record (with or without `chr`, `MT` or `chrM`). Throws core::UsageError
/// where the two have no contig in common.
void declare_contigs(hts::VariantReader& reader, const ContigNames& contigs);

}  // namespace vio::source

#pragma once

#include <memory>
#include <span>
#include <string>

#include "vio/annotate/record_score.hpp"
#include "vio/annotate/record_table.hpp"
#include "vio/sink/byte_sink.hpp"
#include "vio/sink/temporary_files.hpp"
#include "vio/source/record_source.hpp"

namespace vio::sink {

/// Where scored records go: a table of reads, the alignments themselves with tags, the rows of a
/// table with columns added. It appears under its name only when it is whole, with its index.
class RecordOutput {
 public:
  RecordOutput() = default;
  RecordOutput(const RecordOutput&) = delete;
  RecordOutput& operator=(const RecordOutput&) = delete;
  virtual ~RecordOutput() = default;

  /// Puts tags into the batch's records, or lines into the returned text: all that needs no other
  /// batch. `scores` has one for each record. Thread-safe.
  [[nodiscard]] virtual std::string format(source::RecordBatch& batch,
                                           std::span<const annotate::RecordScore> scores) const = 0;
  /// Writes what format() made, in input order. Throws core::InputError (unsorted with an index),
  /// core::OutputError, core::ClosedPipe.
  virtual void write(const source::RecordBatch& batch,
                     std::span<const annotate::RecordScore> scores, const std::string& text) = 0;
  /// Hands on what is buffered, so that a reader of a pipe sees it.
  virtual void flush() = 0;
  /// Closes, indexes and gives the final names. Throws core::OutputError.
  virtual void finish() = 0;
};

struct RecordTableOptions {
  std::string path = "-";
  Compression compression = Compression::none;
  int threads = 1;
};

/// `#read_id flag chrom pos mapq length n_frac label score p_<class>... status`, one line a read;
/// pos 1-based, 0 and `*` as chrom for reads without a place.
[[nodiscard]] std::unique_ptr<RecordOutput> open_read_table(const RecordTableOptions& options,
                                                            const std::vector<std::string>& classes,
                                                            TemporaryFiles& temporaries);

/// `#chrom start end n_reads label score p_<class>... entropy status`, one line a RegionEnd, BED
/// coordinates: the mean of its scored reads' probabilities; EMPTY where it has none that was
/// scored.
[[nodiscard]] std::unique_ptr<RecordOutput> open_region_table(
    const RecordTableOptions& options, const std::vector<std::string>& classes,
    TemporaryFiles& temporaries);

/// What the input looks like, so that the output looks like it.
using TableLayout = annotate::RowLayout;

/// The rows as they are, with columns added at the end, as annotate::row_table() has them.
[[nodiscard]] std::unique_ptr<RecordOutput> open_row_table(const RecordTableOptions& options,
                                                           const TableLayout& layout,
                                                           const std::vector<std::string>& classes,
                                                           TemporaryFiles& temporaries);

enum class AlignmentFormat : std::uint8_t { sam, bam, cram };

struct AlignmentOutputOptions {
  std::string path = "-";
  AlignmentFormat format = AlignmentFormat::bam;
  bool compressed = false;   ///< SAM: BGZF, for names that end in .sam.gz
  bool write_index = false;  ///< .bai (.csi for contigs beyond 2^29), .crai; needs sorted reads
  int threads = 1;
  std::string reference_path{};   ///< FASTA; CRAM needs it
  std::string program_version{};  ///< of the @PG line; empty: no @PG line (--no-version)
  std::string command{};          ///< of the @PG line
};

/// The alignments as they are, with the tags vl:Z (label), vs:f (its probability) and vp:B:f (all
/// probabilities in the order of the classes); tags of an earlier run are replaced, or removed from
/// reads that were not scored.
[[nodiscard]] std::unique_ptr<RecordOutput> open_alignment_output(
    const AlignmentOutputOptions& options, const sam_hdr_t& header,
    const std::vector<std::string>& classes, TemporaryFiles& temporaries);

}  // namespace vio::sink

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "vio/annotate/contig_tracks.hpp"
#include "vio/annotate/distribution.hpp"
#include "vio/annotate/record_score.hpp"
#include "vio/annotate/scored_batch.hpp"
#include "vio/annotate/scored_variants.hpp"
#include "vio/source/record_source.hpp"

namespace vio::annotate {

/// What the scores of a run look like, in bounded memory: labels, distributions, tracks along
/// contigs. All of it is counted in whole numbers from what is printed, so it is the same for any
/// number of threads, and parts add up to the whole.
struct ScoreSummary {
  explicit ScoreSummary(std::size_t n_classes = 0, std::int64_t least_bin_width = 1)
      : labels(n_classes), ref_labels(n_classes), tracks(least_bin_width) {}

  std::vector<std::uint64_t> labels;  ///< [n_classes] scored rows by label; of variants ALTs
  std::vector<std::uint64_t>
      ref_labels;                   ///< [n_classes] of variants: scored records by REF's label
  std::uint64_t label_changes = 0;  ///< of variants: ALTs whose label is not REF's
  Distribution scores = score_distribution();  ///< of the labels' probabilities
  Distribution deltas = delta_distribution();  ///< of variants
  /// Of sequences the windows' scores, of reads their scores, of variants |delta| of the ALTs.
  ContigTracks tracks;

  /// Counts one scored row.
  void add_row(std::span<const Millionths> probabilities);
  /// `other` comes after this in the input, and has as many classes.
  void merge(const ScoreSummary& other);

  bool operator==(const ScoreSummary&) const = default;
};

/// What a row is: of sequences with --by window, or --by sequence.
enum class SequenceRows : std::uint8_t { windows, sequences };

class WindowMean;

/// Summarises sequences, whose rows may span batches. To be called in input order, from one thread
/// at a time.
class SequenceSummarizer {
 public:
  SequenceSummarizer(SequenceRows rows, std::size_t n_classes);
  ~SequenceSummarizer();

  void add(const ScoredBatch& batch, ScoreSummary& summary);

 private:
  void add_window(const ScoredBatch& batch, std::size_t window, ScoreSummary& summary);
  void end_sequence(ScoreSummary& summary);

  SequenceRows rows_;
  std::size_t n_classes_;
  std::unique_ptr<WindowMean> sequence_;  // of the sequence so far
};

/// Counts reads, or rows of a table, of which `scores` has one each.
void summarize_records(const source::RecordBatch& batch, std::span<const RecordScore> scores,
                       ScoreSummary& summary);

/// Counts variants. Throws core::InternalError as VariantRows does.
void summarize_variants(const ScoredVariants& batch, ScoreSummary& summary);

}  // namespace vio::annotate

#include "vio/annotate/score_summary.hpp"

#include <algorithm>
#include <cstdlib>

#include "annotate/window_mean.hpp"
#include "vio/annotate/variant_rows.hpp"

namespace vio::annotate {

namespace {

void add_counts(std::vector<std::uint64_t>& counts, const std::vector<std::uint64_t>& others) {
  std::ranges::transform(counts, others, counts.begin(), std::plus<>());
}

/// Reads that lie on a contig have a place; rows of a table have none.
void add_place(const source::RecordBatch& batch, std::size_t index, Millionths value,
               ContigTracks& tracks) {
  const auto* const reads = std::get_if<std::vector<hts::AlignmentRecord>>(&batch.records);
  if (reads == nullptr) return;
  const auto& read = (*reads)[index];
  if (read.position() < 0) return;
  tracks.add(read.contig(*batch.header), read.position(), read.end(), value);
}

}  // namespace

void ScoreSummary::add_row(std::span<const Millionths> probabilities) {
  const auto label = top_class(probabilities);
  ++labels[label];
  scores.add(probabilities[label]);
}

void ScoreSummary::merge(const ScoreSummary& other) {
  add_counts(labels, other.labels);
  add_counts(ref_labels, other.ref_labels);
  label_changes += other.label_changes;
  scores.merge(other.scores);
  deltas.merge(other.deltas);
  tracks.merge(other.tracks);
}

SequenceSummarizer::SequenceSummarizer(SequenceRows rows, std::size_t n_classes)
    : rows_(rows), n_classes_(n_classes), sequence_(std::make_unique<WindowMean>(n_classes)) {}

SequenceSummarizer::~SequenceSummarizer() = default;

void SequenceSummarizer::add(const ScoredBatch& batch, ScoreSummary& summary) {
  std::size_t next = 0;
  for (const auto& unit_end : batch.encoded.unit_ends) {
    for (; next < unit_end.after_windows; ++next) add_window(batch, next, summary);
    if (rows_ == SequenceRows::sequences) end_sequence(summary);
  }
  for (; next < batch.encoded.windows.size(); ++next) add_window(batch, next, summary);
}

void SequenceSummarizer::add_window(const ScoredBatch& batch, std::size_t window,
                                    ScoreSummary& summary) {
  if (rows_ == SequenceRows::sequences) sequence_->add(batch, window);
  const auto& planned = batch.encoded.windows[window];
  if (planned.status != core::Status::ok) return;
  std::vector<Millionths> millionths(n_classes_);
  const auto* const scores = &batch.probabilities[window * n_classes_];
  std::transform(scores, scores + n_classes_, millionths.begin(), to_millionths);
  if (rows_ == SequenceRows::windows) summary.add_row(millionths);
  summary.tracks.add(batch.encoded.units[planned.unit]->name, planned.start, planned.end,
                     millionths[top_class(millionths)]);
}

void SequenceSummarizer::end_sequence(ScoreSummary& summary) {
  if (sequence_->n_scored() > 0) {
    const auto mean = sequence_->mean();
    std::vector<Millionths> millionths(n_classes_);
    std::ranges::transform(mean, millionths.begin(), to_millionths);
    summary.add_row(millionths);
  }
  *sequence_ = WindowMean(n_classes_);
}

void summarize_records(const source::RecordBatch& batch, std::span<const RecordScore> scores,
                       ScoreSummary& summary) {
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const auto& probabilities = scores[i].probabilities;
    if (scores[i].status != core::Status::ok) continue;
    summary.add_row(probabilities);
    add_place(batch, i, probabilities[top_class(probabilities)], summary.tracks);
  }
}

void summarize_variants(const ScoredVariants& batch, ScoreSummary& summary) {
  VariantRows rows(batch, summary.labels.size());
  for (std::size_t i = 0; i < batch.encoded.variants.size(); ++i) {
    if (!batch.encoded.variants[i].scored) continue;
    const auto& row = rows.row(i);
    const auto ref_label = top_class(row.ref_probabilities);
    const auto& record = batch.encoded.batch.records[i];
    ++summary.ref_labels[ref_label];
    for (const auto& alt : row.alts) {
      if (alt.status != core::Status::ok) continue;
      summary.add_row(alt.probabilities);
      summary.label_changes += top_class(alt.probabilities) != ref_label ? 1 : 0;
      summary.deltas.add(alt.delta());
      summary.tracks.add(row.contig, row.position, row.position + record.reference_length(),
                         std::abs(alt.delta()));
    }
  }
}

}  // namespace vio::annotate

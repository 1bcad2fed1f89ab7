#include "vio/pipeline/sequence_pipeline.hpp"

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include <chrono>

#include "score.hpp"

namespace vio::pipeline {

namespace {

using annotate::ScoredBatch;
using encode::EncodedBatch;
using window::TextBatch;

/// What leaves the parallel part: a scored batch and the lines that need no other batch.
struct FormattedBatch {
  ScoredBatch scored;
  std::string lines;
};

/// The serial end of the pipeline: keeps the accounts and writes, in input order.
class Writer {
 public:
  Writer(const SequenceParts& parts, const PipelineOptions& options, Summary& summary)
      : parts_(parts),
        options_(options),
        summary_(summary),
        summarizer_(parts.rows, options.n_classes) {}

  void write(const FormattedBatch& batch) {
    const auto began = std::chrono::steady_clock::now();
    const auto& encoded = batch.scored.encoded;
    note_rows(encoded);
    parts_.sink.write(batch.lines);
    parts_.sink.write(parts_.table.collect(batch.scored));
    if (parts_.skipped != nullptr) {
      parts_.skipped->write(annotate::skipped_lines(encoded));
    }
    if (options_.flush_each_batch) {
      parts_.sink.flush();
    }
    account(batch.scored);
    summary_.writing_seconds +=
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (options_.on_progress) {
      options_.on_progress({encoded.progress, summary_.accounting.windows.scored +
                                                  summary_.accounting.windows.skipped_total()});
    }
  }

 private:
  void note_rows(const EncodedBatch& encoded) {
    if (!parts_.sink.wants_rows()) {
      return;
    }
    for (const auto& window : encoded.windows) {
      parts_.sink.note_row(encoded.units[window.unit]->name, window.start, window.end);
    }
  }

  void account(const ScoredBatch& scored) {
    records_.add(scored.encoded, summary_.accounting);
    summary_.first_record = records_.first();
    summary_.last_record = records_.last();
    if (options_.summarize) summarizer_.add(scored, summary_.scores);
    summary_.positions_requested += scored.positions_requested;
    summary_.positions_computed += scored.positions_computed;
    summary_.reading_seconds += scored.encoded.read_seconds;
    summary_.scoring_seconds += scored.score_seconds;
  }

  const SequenceParts& parts_;
  const PipelineOptions& options_;
  Summary& summary_;
  annotate::RecordTally records_;
  annotate::SequenceSummarizer summarizer_;
};

/// The serial start: counts what enters, apart from the counts of what leaves.
class Intake {
 public:
  explicit Intake(window::BatchReader& reader) : reader_(reader) {}

  std::optional<TextBatch> next() {
    auto batch = reader_.next();
    if (batch) {
      count(*batch);
    }
    return batch;
  }

  [[nodiscard]] std::uint64_t windows() const noexcept { return windows_; }
  [[nodiscard]] std::uint64_t records() const noexcept { return records_; }

 private:
  void count(const TextBatch& batch) {
    windows_ += batch.windows.size();
    for (const auto& window : batch.windows) {
      const auto ordinal = batch.units[window.unit]->ordinal;
      records_ += last_ordinal_ != ordinal ? 1 : 0;
      last_ordinal_ = ordinal;
    }
  }

  window::BatchReader& reader_;
  std::uint64_t windows_ = 0;
  std::uint64_t records_ = 0;
  std::optional<std::uint64_t> last_ordinal_;
};

}  // namespace

Summary run_sequences(const SequenceParts& parts, const PipelineOptions& options) {
  namespace flow = oneapi::tbb;
  const flow::global_control limit(flow::global_control::max_allowed_parallelism,
                                   static_cast<std::size_t>(options.threads));
  Summary summary;
  summary.scores = annotate::ScoreSummary(options.n_classes, options.least_bin_width);
  Intake intake(parts.reader);
  Writer writer(parts, options, summary);

  const auto read = [&](flow::flow_control& control) {
    auto batch = intake.next();
    if (!batch) {
      control.stop();
      return TextBatch{};
    }
    return *std::move(batch);
  };
  const auto encode = [&](TextBatch batch) {
    auto encoded = encode::encode(std::move(batch), parts.alphabet);
    if (parts.on_encoded) {
      parts.on_encoded(encoded);
    }
    return encoded;
  };
  const auto score_batch = [&](EncodedBatch batch) {
    return score(std::move(batch), parts.engine, options.strand, options.n_classes);
  };
  const auto format = [&](ScoredBatch batch) {
    auto lines = parts.table.format(batch);
    return FormattedBatch{std::move(batch), std::move(lines)};
  };
  const auto write = [&](const FormattedBatch& batch) { writer.write(batch); };

  using flow::filter_mode;
  flow::parallel_pipeline(
      max_batches_in_flight(options.threads),
      flow::make_filter<void, TextBatch>(filter_mode::serial_in_order, read) &
          flow::make_filter<TextBatch, EncodedBatch>(filter_mode::parallel, encode) &
          flow::make_filter<EncodedBatch, ScoredBatch>(filter_mode::parallel, score_batch) &
          flow::make_filter<ScoredBatch, FormattedBatch>(filter_mode::parallel, format) &
          flow::make_filter<FormattedBatch, void>(filter_mode::serial_in_order, write));

  summary.accounting.records.read = intake.records();
  summary.accounting.windows.read = intake.windows();
  return summary;
}

}  // namespace vio::pipeline

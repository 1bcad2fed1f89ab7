#include "vio/pipeline/record_pipeline.hpp"

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include <atomic>
#include <chrono>

#include "score.hpp"
#include "vio/annotate/record_table.hpp"
#include "vio/core/error.hpp"
#include "vio/window/record_windows.hpp"

namespace vio::pipeline {

namespace {

using annotate::RecordScore;
using annotate::ScoredBatch;
using source::RecordBatch;

struct EncodedRecords {
  RecordBatch records;
  std::vector<std::int64_t> unknown;  ///< of each whole record
  encode::EncodedBatch encoded;
};

/// What leaves the parallel part.
struct FormattedRecords {
  RecordBatch records;
  ScoredBatch scored;
  std::vector<RecordScore> scores;
  std::string text;
};

/// One score a record; a record that lost its windows on the way must not shift the others.
std::vector<RecordScore> score_all(const ScoredBatch& scored, const EncodedRecords& batch,
                                   std::size_t n_classes) {
  auto scores = annotate::score_records(scored, n_classes);
  if (scores.size() != batch.records.size()) {
    throw core::InternalError("records were lost between reading and scoring; please report this");
  }
  for (std::size_t i = 0; i < scores.size(); ++i) scores[i].unknown = batch.unknown[i];
  return scores;
}

/// The serial end: keeps the accounts and writes, in input order.
class Writer {
 public:
  Writer(const RecordParts& parts, const PipelineOptions& options, Summary& summary)
      : parts_(parts), options_(options), summary_(summary) {}

  void write(const FormattedRecords& batch) {
    const auto began = std::chrono::steady_clock::now();
    parts_.output.write(batch.records, batch.scores, batch.text);
    if (parts_.skipped != nullptr) {
      parts_.skipped->write(annotate::skipped_record_lines(batch.records, batch.scores));
    }
    if (options_.flush_each_batch) parts_.output.flush();
    account(batch);
    summary_.writing_seconds +=
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (options_.on_progress) {
      const auto& windows = summary_.accounting.windows;
      options_.on_progress({batch.records.progress, windows.scored + windows.skipped_total()});
    }
  }

 private:
  void account(const FormattedRecords& batch) {
    for (const auto& score : batch.scores) summary_.accounting.records.add(score.status);
    for (const auto& window : batch.scored.encoded.windows) {
      summary_.accounting.windows.add(window.status);
    }
    if (options_.summarize) {
      annotate::summarize_records(batch.records, batch.scores, summary_.scores);
    }
    summary_.positions_requested += batch.scored.positions_requested;
    summary_.positions_computed += batch.scored.positions_computed;
    summary_.reading_seconds += batch.records.read_seconds;
    summary_.scoring_seconds += batch.scored.score_seconds;
  }

  const RecordParts& parts_;
  const PipelineOptions& options_;
  Summary& summary_;
};

}  // namespace

Summary run_records(const RecordParts& parts, const PipelineOptions& options) {
  namespace flow = oneapi::tbb;
  const flow::global_control limit(flow::global_control::max_allowed_parallelism,
                                   static_cast<std::size_t>(options.threads));
  Summary summary;
  summary.scores = annotate::ScoreSummary(options.n_classes);
  Writer writer(parts, options, summary);
  std::uint64_t records = 0;
  std::atomic<std::uint64_t> planned_windows = 0;

  const auto read = [&](flow::flow_control& control) {
    auto batch = parts.source.next();
    if (!batch) {
      control.stop();
      return RecordBatch{};
    }
    records += batch->size();
    return *std::move(batch);
  };
  const auto encode = [&](RecordBatch batch) {
    auto planned = window::plan_records(std::move(batch), parts.tiling, parts.alphabet);
    planned_windows += planned.text.windows.size();
    EncodedRecords encoded{std::move(planned.records), std::move(planned.unknown),
                           encode::encode(std::move(planned.text), parts.alphabet)};
    if (parts.on_encoded) parts.on_encoded(encoded.encoded);
    return encoded;
  };
  const auto score_and_format = [&](EncodedRecords batch) {
    auto scored = score(std::move(batch.encoded), parts.engine, options.strand, options.n_classes);
    auto scores = score_all(scored, batch, options.n_classes);
    auto text = parts.output.format(batch.records, scores);
    return FormattedRecords{std::move(batch.records), std::move(scored), std::move(scores),
                            std::move(text)};
  };
  const auto write = [&](const FormattedRecords& batch) { writer.write(batch); };

  using flow::filter_mode;
  flow::parallel_pipeline(
      max_batches_in_flight(options.threads),
      flow::make_filter<void, RecordBatch>(filter_mode::serial_in_order, read) &
          flow::make_filter<RecordBatch, EncodedRecords>(filter_mode::parallel, encode) &
          flow::make_filter<EncodedRecords, FormattedRecords>(filter_mode::parallel,
                                                              score_and_format) &
          flow::make_filter<FormattedRecords, void>(filter_mode::serial_in_order, write));

  summary.accounting.records.read = records;
  summary.records_filtered = parts.source.filtered();
  summary.accounting.windows.read = planned_windows;
  return summary;
}

}  // namespace vio::pipeline

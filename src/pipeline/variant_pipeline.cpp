#include "vio/pipeline/variant_pipeline.hpp"

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include <algorithm>
#include <atomic>
#include <chrono>

#include "score.hpp"
#include "vio/annotate/variant_table.hpp"

namespace vio::pipeline {

namespace {

using annotate::ScoredVariants;
using encode::EncodedVariants;
using source::VariantBatch;

/// What leaves the parallel part: annotated records, and their text where the format is one.
struct FormattedVariants {
  ScoredVariants scored;
  std::string text;
};

/// The serial start: counts what enters, apart from the counts of what leaves.
class Intake {
 public:
  explicit Intake(source::VariantSource& source) : source_(source) {}

  std::optional<VariantBatch> next() {
    auto batch = source_.next();
    if (batch) {
      records_ += batch->records.size();
      for (const auto& record : batch->records) {
        alleles_ += std::max<std::size_t>(2, record.n_alleles()) - 1;
      }
    }
    return batch;
  }

  [[nodiscard]] std::uint64_t records() const noexcept { return records_; }
  [[nodiscard]] std::uint64_t alleles() const noexcept { return alleles_; }

 private:
  source::VariantSource& source_;
  std::uint64_t records_ = 0;
  std::uint64_t alleles_ = 0;
};

/// The serial end: keeps the accounts and writes, in input order.
class Writer {
 public:
  Writer(const VariantParts& parts, const PipelineOptions& options, Summary& summary)
      : parts_(parts), options_(options), summary_(summary) {}

  void write(const FormattedVariants& batch) {
    const auto began = std::chrono::steady_clock::now();
    const auto& scored = batch.scored;
    parts_.output.write(scored, batch.text);
    if (parts_.skipped != nullptr) {
      parts_.skipped->write(annotate::skipped_variant_lines(scored.encoded));
    }
    if (options_.flush_each_batch) parts_.output.flush();
    account(scored);
    summary_.writing_seconds +=
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (options_.on_progress) {
      options_.on_progress({scored.encoded.batch.progress, summary_.accounting.windows.scored});
    }
  }

 private:
  void account(const ScoredVariants& scored) {
    annotate::count_variants(scored.encoded, summary_.accounting);
    if (options_.summarize) annotate::summarize_variants(scored, summary_.scores);
    summary_.positions_requested += scored.positions_requested;
    summary_.positions_computed += scored.positions_computed;
    summary_.reading_seconds += scored.encoded.batch.read_seconds;
    summary_.scoring_seconds += scored.score_seconds;
  }

  const VariantParts& parts_;
  const PipelineOptions& options_;
  Summary& summary_;
};

}  // namespace

Summary run_variants(const VariantParts& parts, const PipelineOptions& options) {
  namespace flow = oneapi::tbb;
  const flow::global_control limit(flow::global_control::max_allowed_parallelism,
                                   static_cast<std::size_t>(options.threads));
  Summary summary;
  summary.scores = annotate::ScoreSummary(options.n_classes);
  Intake intake(parts.source);
  Writer writer(parts, options, summary);
  std::atomic<std::uint64_t> planned_windows = 0;

  const auto read = [&](flow::flow_control& control) {
    auto batch = intake.next();
    if (!batch) {
      control.stop();
      return VariantBatch{};
    }
    return *std::move(batch);
  };
  const auto encode = [&](VariantBatch batch) {
    auto encoded =
        encode::encode_variants(std::move(batch), parts.contigs, parts.reference, parts.encoding);
    planned_windows += encoded.windows.size();
    if (parts.on_encoded) parts.on_encoded(encoded);
    return encoded;
  };
  const auto score_batch = [&](EncodedVariants batch) {
    return score(std::move(batch), parts.engine, options.strand, options.n_classes);
  };
  const auto format = [&](ScoredVariants batch) {
    auto text = parts.output.format(batch);
    return FormattedVariants{std::move(batch), std::move(text)};
  };
  const auto write = [&](const FormattedVariants& batch) { writer.write(batch); };

  using flow::filter_mode;
  flow::parallel_pipeline(
      max_batches_in_flight(options.threads),
      flow::make_filter<void, VariantBatch>(filter_mode::serial_in_order, read) &
          flow::make_filter<VariantBatch, EncodedVariants>(filter_mode::parallel, encode) &
          flow::make_filter<EncodedVariants, ScoredVariants>(filter_mode::parallel, score_batch) &
          flow::make_filter<ScoredVariants, FormattedVariants>(filter_mode::parallel, format) &
          flow::make_filter<FormattedVariants, void>(filter_mode::serial_in_order, write));

  summary.accounting.records.read = intake.records();
  summary.accounting.alleles.read = intake.alleles();
  summary.accounting.windows.read = planned_windows;
  return summary;
}

}  // namespace vio::pipeline

#include "variant_run.hpp"

#include <fmt/format.h>

#include "variant_header.hpp"
#include "vio/annotate/variant_table.hpp"
#include "vio/core/error.hpp"
#include "vio/pipeline/variant_pipeline.hpp"

namespace vio::cli {

namespace {

source::ContigMap contig_map(const VariantConfig& config) {
  return config.contig_map_path.empty() ? source::ContigMap()
                                        : source::read_contig_map(config.contig_map_path);
}

std::uint64_t count_of(const annotate::Tally& tally, core::Status status) {
  return tally.skipped[static_cast<std::size_t>(status)];
}

/// Input without contig lines tells only now that it shares no contig with the reference.
void check_contigs_met(const annotate::Tally& alleles, const VariantConfig& config) {
  const bool everything = !config.selection.shard && !config.selection.wants_regions() &&
                          !config.selection.wants_targets();
  const auto lost = count_of(alleles, core::Status::no_contig);
  using core::Status;
  const auto met = alleles.scored + count_of(alleles, Status::out_of_range) +
                   count_of(alleles, Status::ref_mismatch) + count_of(alleles, Status::too_long);
  if (everything && lost > 0 && met == 0) {
    throw core::UsageError(
        fmt::format("no contig of the variants is in {}; give the right reference with -f, or the "
                    "names with --contig-map",
                    config.reference_path));
  }
}

void warn_about_mismatches(const annotate::Tally& alleles, const std::string& reference,
                           spdlog::logger& log) {
  const auto mismatched = count_of(alleles, core::Status::ref_mismatch);
  if (mismatched > alleles.scored) {
    log.warn(
        "REF is not what {} says for {} alleles, more than the {} that were scored: is it the "
        "right "
        "reference? (--ref-mismatch fail stops at the first, --max-skipped-frac bounds them)",
        reference, mismatched, alleles.scored);
  }
}

/// A model that reads length was trained on whole sequences, and variants are cut from contigs.
void warn_about_length(const model::Spec& spec, spdlog::logger& log) {
  if (spec.length.enabled && spec.length.cut == model::LengthSpec::Cut::keep) {
    log.warn("this model reads the length of its window, which means little around a variant");
  }
}

}  // namespace

int run_variant_job(const VariantConfig& config, hts::Input input, const std::string& command,
                    RunJob& job) {
  const auto& model = job.model();
  const auto& spec = model.spec;
  warn_about_length(spec, job.log());
  // In the order in which a user's mistakes should be reported.
  source::check_selection(config.source);
  const bool seeks = config.source.wants_regions() || config.source.shard;
  hts::VariantReader reader(std::move(input), seeks ? 1 : config.threads);
  const source::Reference reference(config.reference_path);
  const source::ContigNames contigs(reference.index(), contig_map(config));
  warn_about_lengths(reader, contigs, job.log());
  prepare_header(reader, contigs, config, spec);
  const auto engine = job.make_engine();
  auto source_options = config.source;
  if (source_options.max_windows == 0) source_options.max_windows = engine->preferred_batch();
  const auto source = source::open_variants(reader, contigs, source_options);

  const auto fields = std::make_shared<const annotate::VariantFields>(
      annotate::variant_fields(spec.classes, config.all_classes));
  const auto header = output_header(reader, *fields, config, model, command);
  const auto output = sink::open_variant_output(config.output, header, fields, spec.classes.size(),
                                                job.temporaries());
  const auto skipped = job.open_skipped(annotate::skipped_variants_header());
  encode::ReferenceCache cache(reference, spec.alphabet,
                               {.reach = encode::variant_reach(config.window)});

  ProgressBar bar(!config.quiet);
  const auto summary = pipeline::run_variants(
      {*source, contigs, cache, config.encoding, *engine, *output, skipped.get()},
      job.pipeline_options(bar));
  bar.clear();
  annotate::check_balance(summary.accounting);
  check_contigs_met(summary.accounting.alleles, config);
  output->finish();
  if (skipped) skipped->finish();
  warn_about_mismatches(summary.accounting.alleles, config.reference_path, job.log());
  return job.report(*engine, reader.format(), summary);
}

}  // namespace vio::cli

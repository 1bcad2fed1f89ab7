#include <fmt/format.h>

#include <array>

#include "vio/annotate/class_name.hpp"
#include "vio/core/error.hpp"
#include "vio/stats/reports.hpp"

namespace vio::stats {

namespace {

constexpr std::string_view kEnding = "_mqc.tsv";

/// A cell, and a sample's name above all, must not break the table.
std::string cell(std::string_view text) {
  return annotate::tsv_class_name(text);
}

struct Section {
  std::string id;
  std::string name;
  std::string description;
  std::string plot;     ///< plot_type and what belongs to it, lines of YAML
  std::string columns;  ///< each with a tab before it
  std::string values;
};

/// MultiQC reads the lines that begin with # as YAML.
std::string file_text(const Section& section, const std::string& sample) {
  std::string head = fmt::format(
      "id: {}\nsection_name: '{}'\ndescription: '{}'\nparent_id: vio_annotate\n"
      "parent_name: vio-annotate\nparent_description: 'classifies sequences and variants with a "
      "small gated-convolution network.'\n{}",
      section.id, section.name, section.description, section.plot);
  std::string text;
  while (!head.empty()) {
    const auto end = head.find('\n') + 1;
    text += "# " + head.substr(0, end);
    head.erase(0, end);
  }
  return text + fmt::format("Sample{}\n{}{}\n", section.columns, cell(sample), section.values);
}

std::string bar_graph(const std::string& id, std::string_view title, std::string_view unit) {
  return fmt::format(
      "plot_type: bargraph\npconfig:\n  id: {}_plot\n  title: 'vio-annotate: {}'\n  ylab: {}\n", id,
      title, unit);
}

Section classes(const RunStats& stats) {
  Section section;
  section.id = "vio_annotate_classes_" + stats.rows;
  section.name = fmt::format("Classes of {}", stats.rows);
  section.description =
      fmt::format("Scored {} by the class that the model gives them.", stats.rows);
  section.plot = bar_graph(section.id, fmt::format("classes of {}", stats.rows), stats.rows);
  for (std::size_t i = 0; i < stats.classes.size(); ++i) {
    section.columns += '\t' + cell(stats.classes[i]);
    section.values += fmt::format("\t{}", stats.summary.labels[i]);
  }
  return section;
}

Section skipped(const RunStats& stats) {
  const std::string_view unit = stats.variants ? "alleles" : "windows";
  const auto& tally = stats.tally();
  Section section;
  section.id = fmt::format("vio_annotate_skipped_{}", unit);
  section.name = fmt::format("Scored and skipped {}", unit);
  section.description = fmt::format("How each of the {} ended: scored, or why it was not.", unit);
  section.plot = bar_graph(section.id, section.name, unit);
  section.columns = "\tscored";
  section.values = fmt::format("\t{}", tally.scored);
  for (std::size_t i = 0; i < tally.skipped.size(); ++i) {
    if (tally.skipped[i] == 0) continue;
    section.columns += fmt::format("\t{}", core::status_name(static_cast<core::Status>(i)));
    section.values += fmt::format("\t{}", tally.skipped[i]);
  }
  return section;
}

Section run(const RunStats& stats) {
  constexpr double kMebibyte = 1024.0 * 1024.0;
  Section section;
  section.id = "vio_annotate_run";
  section.name = "Runs";
  section.description = "What each run read, and how fast. Seconds of merged parts are summed.";
  section.plot =
      "plot_type: table\npconfig:\n  id: vio_annotate_run_table\n  title: 'vio-annotate: runs'\n";
  section.columns =
      "\trecords\twindows_scored\tskipped_fraction\tmean_score\twindows_per_second\tseconds"
      "\tpeak_memory_mib";
  const auto& scores = stats.summary.scores;
  constexpr double kMillion = 1e6;
  const double mean =
      scores.n == 0 ? 0
                    : static_cast<double>(scores.sum) / static_cast<double>(scores.n) / kMillion;
  section.values =
      fmt::format("\t{}\t{}\t{:.6f}\t{:.6f}\t{:.1f}\t{:.3f}\t{:.1f}", stats.accounting.records.read,
                  stats.accounting.windows.scored, stats.tally().skipped_fraction(), mean,
                  stats.windows_per_second(), stats.seconds.total,
                  static_cast<double>(stats.peak_memory_bytes) / kMebibyte);
  return section;
}

}  // namespace

std::vector<std::string> multiqc_paths(const std::string& path) {
  if (!path.ends_with(kEnding)) {
    throw core::UsageError(fmt::format(
        "--mqc takes a name that ends in {}, by which MultiQC finds it, not '{}'", kEnding, path));
  }
  const auto stem = path.substr(0, path.size() - kEnding.size());
  return {path, fmt::format("{}_skipped{}", stem, kEnding), fmt::format("{}_run{}", stem, kEnding)};
}

std::vector<MultiqcFile> multiqc_files(const RunStats& stats, const std::string& path) {
  const std::array sections{classes(stats), skipped(stats), run(stats)};
  std::vector<MultiqcFile> files;
  for (const auto& name : multiqc_paths(path)) {
    files.push_back({name, file_text(sections[files.size()], stats.sample)});
  }
  return files;
}

}  // namespace vio::stats

#include "train/fit_setup.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "train/common_options.hpp"
#include "train/fingerprint.hpp"
#include "train/fit_choices.hpp"
#include "train/notes.hpp"
#include "train/part_options.hpp"
#include "train/spec_source.hpp"
#include "vio/core/error.hpp"

namespace vio::train {

namespace {

constexpr std::int64_t kMostResamples = 1'000'000;

double majority_fraction(const std::vector<int>& labels) {
  std::map<int, std::size_t> counts;
  std::size_t most = 0;
  for (const int label : labels) {
    most = std::max(most, ++counts[label]);
  }
  return labels.empty() ? 0 : static_cast<double>(most) / static_cast<double>(labels.size());
}

void print_all_notes(const FitTables& tables) {
  print_notes(tables.rows, false);
  for (const auto* table : {&tables.added, &tables.validation, &tables.test, &tables.unlike}) {
    if (*table) {
      print_notes(**table, false);
    }
  }
}

/// Name without its folder; empty where there is no such table.
std::string file_name(const std::optional<Table>& table) {
  return table ? std::filesystem::path(table->path).filename().string() : std::string();
}

std::string with_ending(const std::string& file, std::string_view ending) {
  return std::filesystem::path(file).replace_extension(ending).string();
}

void note_files(const FitTables& tables, FitRecord& record) {
  record.data_file = std::filesystem::path(tables.rows.path).filename().string();
  record.notes = tables.rows.notes;
  record.table_rows = tables.rows.rows.size();
  record.added_file = file_name(tables.added);
  record.added_rows = tables.added ? tables.added->rows.size() : 0;
  record.validation_file = file_name(tables.validation);
  record.test_file = file_name(tables.test);
  record.unlike_file = file_name(tables.unlike);
}

}  // namespace

FitRecord asked_for(const cli::ParsedOptions& options, const std::string& command) {
  FitRecord record;
  record.command = command;
  record.data_note = options.text("data-note");
  record.spec_name = std::filesystem::path(options.text("spec")).filename().string();
  record.part_options = part_options(options);
  auto choices = fit_choices(options);
  if (!options.has("quiet")) {
    print_note(describe_choices(choices));
  }
  record.recipe = std::move(choices.recipe);
  record.fit_options = std::move(choices.options);
  record.resamples = static_cast<std::size_t>(options.integer("bootstrap", 1, kMostResamples));
  record.bootstrap_seed = seed_option(options, "bootstrap-seed");
  record.calibrate = options.text("calibrate") == "yes";
  return record;
}

FitTables read_tables(FitRecord& record, const cli::ParsedOptions& options) {
  auto tables = load_fit_tables(options);
  if (!options.has("quiet")) {
    print_all_notes(tables);
  }
  note_files(tables, record);
  record.spec = load_spec(options.text("spec"), tables.classes);
  return tables;
}

void note_parts(const Parts& parts, FitRecord& record, bool quiet) {
  record.train_rows = parts.train.size();
  record.validation_rows = parts.validation.size();
  record.test_rows = parts.test.size();
  record.dropped_rows = parts.dropped_rows;
  record.dropped_added = parts.dropped_added;
  record.groups = parts.groups;
  record.test_fingerprint = fingerprint(parts.test);
  record.majority_fraction = majority_fraction(parts.test.labels);
  if (!quiet) {
    print_note(describe_parts(record));
  }
  for (const auto& note : {absent_classes(parts.train.labels, record.spec.classes, "training"),
                           absent_classes(parts.test.labels, record.spec.classes, "test")}) {
    if (!note.empty()) {
      record.notes.push_back(note);
      if (!quiet) {
        print_note(note);
      }
    }
  }
}

std::string absent_classes(const std::vector<int>& labels, const std::vector<std::string>& classes,
                           std::string_view part) {
  std::vector<std::string> absent;
  for (std::size_t k = 0; k < classes.size(); ++k) {
    if (std::ranges::find(labels, static_cast<int>(k)) == labels.end()) {
      absent.push_back(classes[k]);
    }
  }
  return absent.empty() || labels.empty()
             ? std::string()
             : fmt::format("the {} part has no row of class {}", part, fmt::join(absent, ", "));
}

std::string metrics_path(const cli::ParsedOptions& options) {
  auto named = options.text("metrics");
  return named.empty() ? with_ending(options.text("output"), ".metrics.json") : named;
}

std::string page_path(const cli::ParsedOptions& options) {
  if (auto named = options.text("html"); !named.empty()) {
    return named;
  }
  return with_ending(options.text(options.has("output") ? "output" : "metrics"), ".html");
}

void check_folder(const std::string& output, std::string_view option) {
  const auto parent = std::filesystem::path(output).parent_path();
  const auto folder = parent.empty() ? std::string(".") : parent.string();
  if (::access(folder.c_str(), W_OK | X_OK) != 0) {
    throw core::OutputError(fmt::format(
        "{} cannot be written: its folder does not exist or is not writable; make it, or give "
        "another --{}",
        output, option));
  }
}

}  // namespace vio::train

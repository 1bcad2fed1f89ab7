#include "train/test_part.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "train/fingerprint.hpp"
#include "train/notes.hpp"
#include "train/option_names.hpp"
#include "train/part_options.hpp"
#include "vio/core/error.hpp"

namespace vio::train {

namespace {

constexpr std::string_view kKey = "test_part";

/// What a card remembers; null where it remembers nothing.
OrderedJson remembered(const model::Model& model) {
  const auto metrics = OrderedJson::parse(model.card.metrics_json, nullptr, false);
  return metrics.is_object() && metrics.contains(kKey) ? metrics[kKey] : OrderedJson();
}

void check_was_split(const OrderedJson& card, const model::Model& model) {
  const auto kind = card.value("kind", std::string());
  if (kind == "file") {
    throw core::UsageError(
        fmt::format("{} was tested on a table of its own, {}; give that one, without --split",
                    model.card.name, card.value("file", std::string())));
  }
  if (kind != "split") {
    throw core::UsageError(fmt::format(
        "{} was trained on all rows of its table, so --split finds no test part", model.card.name));
  }
}

PartOptions remembered_options(const OrderedJson& card) {
  PartOptions options;
  options.test_fraction = card.value("test_fraction", options.test_fraction);
  auto& division = options.division;
  division.by = value_of(kSplitKinds, card.value("by", std::string("label")));
  division.similarity = card.value("jaccard", division.similarity);
  division.seed = card.value("seed", division.seed);
  return options;
}

bool overridden(const cli::ParsedOptions& options) {
  constexpr std::array<std::string_view, 4> kNames = {"test-size", "split-by", "split-similarity",
                                                      "split-seed"};
  return std::ranges::any_of(kNames, [&](auto name) { return options.has(name); });
}

void check_rows(const Table& part, const OrderedJson& card, const model::Model& model,
                const cli::ParsedOptions& options) {
  const auto known = keep_classes(part, model.spec.classes);
  const auto same =
      known.rows.size() == part.rows.size() &&
      fingerprint(encode_table(known, model.spec)) == card.value("fingerprint", std::string());
  if (same) {
    return;
  }
  if (!overridden(options)) {
    throw core::UsageError(
        fmt::format("{}: its test part is not the one that {} was tested on, so rows that trained "
                    "it may be among them; give the table that it was trained from, or leave out "
                    "--split for one that it has never seen",
                    part.path, model.card.name));
  }
  if (!options.has("quiet")) {
    print_note(fmt::format(
        "these are not the rows that {} was tested on: rows that trained it may be among them",
        model.card.name));
  }
}

}  // namespace

OrderedJson test_part_to_json(const FitRecord& record) {
  const auto& parts = record.part_options;
  if (!record.test_file.empty()) {
    return {{"kind", "file"}, {"file", record.test_file}};
  }
  if (record.test_rows == 0 && parts.folds == 0) {
    return {{"kind", "none"}};
  }
  OrderedJson json{{"kind", parts.folds > 0 ? "folds" : "split"},
                   {"by", name_of(kSplitKinds, parts.division.by)},
                   {"seed", parts.division.seed}};
  if (parts.folds > 0) {
    json["folds"] = parts.folds;
  } else {
    json["test_fraction"] = parts.test_fraction;
    json["fingerprint"] = record.test_fingerprint;
  }
  if (parts.division.by == SplitBy::similarity) {
    json["jaccard"] = parts.division.similarity;
    const auto& groups = record.cross_validation ? record.cross_validation->groups : record.groups;
    json["groups"] = groups.groups;
    json["largest_group"] = groups.largest;
  }
  return json;
}

TableParts test_part(Table table, const model::Model& model, const cli::ParsedOptions& options) {
  const auto card = remembered(model);
  if (!card.is_null()) {
    check_was_split(card, model);
  }
  const auto recorded = card.is_null() ? PartOptions() : remembered_options(card);
  const auto division = division_option(options, recorded.division);
  auto rows = keep_repeated_classes(std::move(table));
  auto spec = model.spec;
  spec.classes = class_names(rows);
  const Divider divider(encode_table(rows, spec), spec.classes, spec.alphabet, division);
  const auto split = divider.split(test_fraction_option(options, recorded.test_fraction));
  TableParts parts{.test = select_rows(rows, split.test),
                   .training = select_rows(rows, split.train)};
  if (!card.is_null()) {
    check_rows(parts.test, card, model, options);
  }
  return parts;
}

}  // namespace vio::train

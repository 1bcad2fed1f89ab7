#include "train/fit_data.hpp"

#include <algorithm>
#include <iterator>

#include "train/similar_rows.hpp"
#include "vio/core/error.hpp"
#include "vio/train/split.hpp"

namespace vio::train {

namespace {

/// Moves a fraction of `data` out of it.
Dataset take_part(Dataset& data, double fraction, const model::Spec& spec, const Division& division,
                  GroupCounts* groups = nullptr) {
  if (fraction <= 0) {
    return {};
  }
  const Divider divider(data, spec.classes, spec.alphabet, division);
  if (groups != nullptr) {
    *groups = divider.group_counts();
  }
  const auto split = divider.split(fraction);
  auto taken = select_rows(data, split.test);
  data = select_rows(data, split.train);
  return taken;
}

void append(Dataset& data, Dataset more) {
  std::ranges::move(more.sequences, std::back_inserter(data.sequences));
  std::ranges::move(more.labels, std::back_inserter(data.labels));
}

/// What no training row may resemble.
std::vector<std::vector<core::Code>> kept_apart(const Dataset& test, const FitTables& tables,
                                                const core::Alphabet& alphabet) {
  auto sequences = test.sequences;
  if (tables.unlike) {
    for (const auto& row : tables.unlike->rows) {
      auto& codes = sequences.emplace_back(row.sequence.size());
      alphabet.encode(row.sequence, codes);
    }
  }
  return sequences;
}

/// The last `added` training rows are those of FitTables::added.
void drop_similar(Parts& parts, Sequences others, std::size_t added, const PartOptions& options,
                  const core::Alphabet& alphabet) {
  const auto first_added = parts.train.size() - added;
  const auto alike =
      find_alike(parts.train.sequences, others, alphabet,
                 {.jaccard = options.drop_similar, .threads = options.division.threads});
  std::vector<std::size_t> kept;
  for (std::size_t row = 0; row < alike.size(); ++row) {
    const bool is_added = row >= first_added;
    if (!alike[row] || (options.drop_added_only && !is_added)) {
      kept.push_back(row);
    } else {
      ++(is_added ? parts.dropped_added : parts.dropped_rows);
    }
  }
  if (kept.empty()) {
    throw core::UsageError(
        "every training row is similar to one that is kept apart; give --drop-similar a larger "
        "value");
  }
  parts.train = select_rows(parts.train, kept);
}

/// What is to be done once the test part is known.
void finish(Parts& parts, const FitTables& tables, const model::Spec& spec,
            const PartOptions& options) {
  if (tables.added) {
    append(parts.train, encode_table(*tables.added, spec));
  }
  if (options.drop_similar > 0) {
    drop_similar(parts, kept_apart(parts.test, tables, spec.alphabet),
                 tables.added ? tables.added->rows.size() : 0, options, spec.alphabet);
  }
  parts.validation = tables.validation ? encode_table(*tables.validation, spec)
                                       : take_part(parts.train, options.validation_fraction, spec,
                                                   options.division);
}

}  // namespace

Parts make_parts(const FitTables& tables, const model::Spec& spec, const PartOptions& options) {
  Parts parts;
  parts.train = encode_table(tables.rows, spec);
  parts.test = tables.test ? encode_table(*tables.test, spec)
                           : take_part(parts.train, options.test_fraction, spec, options.division,
                                       &parts.groups);
  finish(parts, tables, spec, options);
  return parts;
}

Folds::Folds(const FitTables& tables, const model::Spec& spec, const PartOptions& options)
    : tables_(tables), spec_(spec), options_(options), all_(encode_table(tables.rows, spec)) {
  const Divider divider(all_, spec.classes, spec.alphabet, options.division);
  groups_ = divider.group_counts();
  fold_of_ = divider.folds(options.folds);
}

std::vector<std::size_t> Folds::rows(std::size_t fold) const {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < fold_of_.size(); ++row) {
    if (fold_of_[row] == fold) {
      rows.push_back(row);
    }
  }
  return rows;
}

Parts Folds::parts(std::size_t fold) const {
  std::vector<std::size_t> others;
  for (std::size_t row = 0; row < fold_of_.size(); ++row) {
    if (fold_of_[row] != fold) {
      others.push_back(row);
    }
  }
  Parts parts;
  parts.train = select_rows(all_, others);
  parts.test = select_rows(all_, rows(fold));
  parts.groups = groups_;
  finish(parts, tables_, spec_, options_);
  return parts;
}

}  // namespace vio::train

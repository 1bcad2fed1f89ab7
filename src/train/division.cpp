#include "train/division.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "train/similar_rows.hpp"

namespace vio::train {

namespace {

std::vector<int> ranked(std::span<const int> labels, std::span<const std::string> classes) {
  std::map<std::string_view, int> ranks;
  for (const int label : labels) {
    ranks.emplace(classes[static_cast<std::size_t>(label)], 0);
  }
  int next = 0;
  for (auto& [name, rank] : ranks) {
    rank = next++;
  }
  std::vector<int> result;
  result.reserve(labels.size());
  for (const int label : labels) {
    result.push_back(ranks.at(classes[static_cast<std::size_t>(label)]));
  }
  return result;
}

/// Rows whose class has others, and rows that are alone.
struct Company {
  std::vector<std::size_t> repeated;
  std::vector<std::size_t> alone;
};

Company find_company(const std::vector<int>& labels) {
  std::map<int, std::size_t> counts;
  for (const int label : labels) {
    ++counts[label];
  }
  Company company;
  for (std::size_t row = 0; row < labels.size(); ++row) {
    (counts[labels[row]] > 1 ? company.repeated : company.alone).push_back(row);
  }
  return company;
}

/// stratified_split() of the rows whose class has others; the rest trains.
Split split_by_label(const std::vector<int>& labels, double test_fraction, std::uint32_t seed) {
  const auto company = find_company(labels);
  std::map<int, int> numbers;
  for (const auto row : company.repeated) {
    numbers.emplace(labels[row], 0);
  }
  int next = 0;
  for (auto& [label, number] : numbers) {
    number = next++;
  }
  std::vector<int> dense;
  for (const auto row : company.repeated) {
    dense.push_back(numbers.at(labels[row]));
  }
  auto split = stratified_split(dense, test_fraction, seed);
  for (auto* part : {&split.train, &split.test}) {
    std::ranges::transform(*part, part->begin(),
                           [&](std::size_t row) { return company.repeated[row]; });
  }
  split.train.insert(split.train.end(), company.alone.begin(), company.alone.end());
  return split;
}

}  // namespace

Divider::Divider(const Dataset& data, std::span<const std::string> classes,
                 const core::Alphabet& alphabet, const Division& division)
    : division_(division), labels_(ranked(data.labels, classes)) {
  if (division.by == SplitBy::similarity) {
    groups_ = alike_groups(data.sequences, alphabet,
                           {.jaccard = division.similarity, .threads = division.threads});
  }
}

Split Divider::split(double test_fraction) const {
  return division_.by == SplitBy::label
             ? split_by_label(labels_, test_fraction, division_.seed)
             : grouped_split(labels_, groups_, test_fraction, division_.seed);
}

std::vector<std::size_t> Divider::folds(std::size_t count) const {
  return division_.by == SplitBy::label ? stratified_folds(labels_, count, division_.seed)
                                        : grouped_folds(labels_, groups_, count, division_.seed);
}

GroupCounts Divider::group_counts() const {
  std::map<std::size_t, std::size_t> sizes;
  GroupCounts counts;
  for (const auto group : groups_) {
    counts.largest = std::max(counts.largest, ++sizes[group]);
  }
  counts.groups = sizes.size();
  return counts;
}

}  // namespace vio::train

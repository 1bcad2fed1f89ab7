#include "train/roc.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vio::train {

namespace {

void add(Lanes& sum, const Lanes& more) {
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    sum[lane] += more[lane];
  }
}

bool is_defined(std::span<const RocPoint> curve) {
  return !curve.empty() && std::isfinite(curve.back().false_positive_rate) &&
         std::isfinite(curve.back().true_positive_rate);
}

}  // namespace

ClassRanking::ClassRanking(const Predictions& predictions, int of_class) {
  const auto column = static_cast<std::size_t>(of_class);
  const auto probability = [&](std::uint32_t row) { return predictions.row(row)[column]; };
  std::vector<std::uint32_t> order(predictions.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, probability);
  places_.reserve(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool ends_tie =
        i + 1 == order.size() || probability(order[i + 1]) > probability(order[i]);
    places_.push_back({.row = order[i],
                       .of_class = predictions.truth[order[i]] == of_class,
                       .ends_tie = ends_tie});
  }
}

Lanes ClassRanking::areas(std::span<const Lanes> weights) const {
  Lanes pairs{};  // of a row of the class and another, which the ranking has in order
  Lanes below{};  // other rows
  Lanes of_class{};
  Lanes tied_class{};
  Lanes tied_others{};
  for (const auto& place : places_) {
    add(place.of_class ? tied_class : tied_others, weights[place.row]);
    if (!place.ends_tie) {
      continue;
    }
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      pairs[lane] += tied_class[lane] * (below[lane] + tied_others[lane] / 2);
      below[lane] += tied_others[lane];
      of_class[lane] += tied_class[lane];
    }
    tied_class = {};
    tied_others = {};
  }
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const double all = of_class[lane] * below[lane];
    pairs[lane] = all > 0 ? pairs[lane] / all : kUndefined;
  }
  return pairs;
}

std::vector<RocPoint> ClassRanking::curve() const {
  std::vector<RocPoint> points{{}};
  RocPoint counts;
  for (auto place = places_.rbegin(); place != places_.rend(); ++place) {
    // Ties end, from above, where the next row below ends one.
    if (place->ends_tie && place != places_.rbegin()) {
      points.push_back(counts);
    }
    (place->of_class ? counts.true_positive_rate : counts.false_positive_rate) += 1;
  }
  points.push_back(counts);
  for (auto& point : points) {
    point.false_positive_rate /= counts.false_positive_rate;
    point.true_positive_rate /= counts.true_positive_rate;
  }
  return points;
}

std::vector<double> class_aucs(const Predictions& predictions) {
  Lanes once;
  once.fill(1);
  const std::vector<Lanes> weights(predictions.size(), once);
  std::vector<double> areas;
  for (std::size_t k = 0; k < predictions.n_classes; ++k) {
    areas.push_back(ClassRanking(predictions, static_cast<int>(k)).areas(weights).front());
  }
  return areas;
}

double macro_auc(std::span<const double> of_classes) {
  double sum = 0;
  double defined = 0;
  for (const double area : of_classes) {
    if (!std::isnan(area)) {
      sum += area;
      defined += 1;
    }
  }
  return defined > 0 ? sum / defined : kUndefined;
}

std::vector<RocPoint> roc_curve(const Predictions& predictions, int of_class,
                                std::size_t most_points) {
  const auto all = ClassRanking(predictions, of_class).curve();
  if (!is_defined(all)) {
    return {};
  }
  // A point for every equal part of the way; corners that are left out lie between two points.
  std::vector<RocPoint> kept{all.front()};
  const double step = 2.0 / static_cast<double>(std::max<std::size_t>(most_points, 3) - 2);
  const auto way = [](const RocPoint& point) {
    return point.false_positive_rate + point.true_positive_rate;
  };
  for (const auto& point : std::span(all).subspan(1, all.size() - 2)) {
    if (way(point) >= way(kept.back()) + step) {
      kept.push_back(point);
    }
  }
  kept.push_back(all.back());
  return kept;
}

}  // namespace vio::train

#include "train/baselines/minimize.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numeric>

namespace vio::train {

namespace {

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// a += times * b
void add(Vector& a, double times, const Vector& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    a[i] += times * b[i];
  }
}

Vector difference(const Vector& a, const Vector& b) {
  Vector result(a);
  add(result, -1, b);
  return result;
}

/// The last steps and how the gradient changed along them.
class Curvature {
 public:
  explicit Curvature(std::size_t history) : history_(history) {}

  void add_step(Vector step, Vector change) {
    const double product = dot(step, change);
    if (product <= 1e-12 * dot(change, change)) {
      return;  // not convex along this step, to rounding
    }
    steps_.push_back({std::move(step), std::move(change), product});
    if (steps_.size() > history_) {
      steps_.pop_front();
    }
  }

  /// The two-loop recursion: minus the estimated inverse Hessian times the gradient.
  [[nodiscard]] Vector direction(const Vector& gradient) const {
    Vector result(gradient);
    Vector factors;
    for (auto one = steps_.rbegin(); one != steps_.rend(); ++one) {
      factors.push_back(dot(one->step, result) / one->product);
      train::add(result, -factors.back(), one->change);
    }
    const double scale =
        steps_.empty() ? 1 / std::max(std::sqrt(dot(gradient, gradient)), 1e-300)
                       : steps_.back().product / dot(steps_.back().change, steps_.back().change);
    std::ranges::for_each(result, [&](double& value) { value *= scale; });
    for (const auto& one : steps_) {
      const double factor = factors.back() - dot(one.change, result) / one.product;
      factors.pop_back();
      train::add(result, factor, one.step);
    }
    std::ranges::for_each(result, [](double& value) { value = -value; });
    return result;
  }

 private:
  struct Step {
    Vector step;
    Vector change;
    double product;
  };
  std::size_t history_;
  std::deque<Step> steps_;
};

struct Point {
  Vector x;
  Vector gradient;
  double value = 0;
};

Point evaluated(const Objective& objective, Vector x) {
  Point point{.x = std::move(x), .gradient = {}, .value = 0};
  point.gradient.resize(point.x.size());
  point.value = objective(point.x, point.gradient);
  return point;
}

/// The first of ever shorter steps that gains enough; the same point where none does.
Point step_from(const Point& from, const Vector& direction, const Objective& objective) {
  constexpr double kEnough = 1e-4;
  constexpr int kMostHalvings = 25;
  const double slope = dot(from.gradient, direction);
  double length = 1;
  for (int i = 0; i < kMostHalvings && slope < 0; ++i, length /= 2) {
    Vector x(from.x);
    add(x, length, direction);
    auto to = evaluated(objective, std::move(x));
    if (to.value <= from.value + kEnough * length * slope) {
      return to;
    }
  }
  return from;
}

}  // namespace

double minimize(const Objective& objective, std::vector<double>& x,
                const MinimizeOptions& options) {
  Curvature curvature(options.history);
  auto now = evaluated(objective, std::move(x));
  int small_gains = 0;
  for (int i = 0; i < options.iterations && small_gains < 2; ++i) {
    auto next = step_from(now, curvature.direction(now.gradient), objective);
    const double gain = now.value - next.value;
    small_gains = gain <= options.tolerance * std::abs(now.value) ? small_gains + 1 : 0;
    curvature.add_step(difference(next.x, now.x), difference(next.gradient, now.gradient));
    now = std::move(next);
  }
  x = std::move(now.x);
  return now.value;
}

}  // namespace vio::train

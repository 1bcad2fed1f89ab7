#pragma once

#include <functional>
#include <span>
#include <vector>

namespace vio::train {

/// A smooth function of many variables: returns its value at `x` and writes its gradient.
using Objective = std::function<double(std::span<const double> x, std::span<double> gradient)>;

struct MinimizeOptions {
  int iterations = 150;      ///< most
  std::size_t history = 10;  ///< steps that the curvature is estimated from
  double tolerance = 1e-5;   ///< stops after two steps that gain less than this part of the value
};

/// Goes down from `x` to a minimum, by L-BFGS with backtracking, and returns the value there.
double minimize(const Objective& objective, std::vector<double>& x,
                const MinimizeOptions& options = {});

}  // namespace vio::train

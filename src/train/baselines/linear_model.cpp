#include "train/baselines/linear_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <memory>
#include <vector>

#include "train/baselines/minimize.hpp"
#include "train/parallel.hpp"

namespace vio::train {

namespace {

constexpr std::size_t kVector = 4;
/// Partial sums; fixed, so that their order does not depend on the number of threads.
constexpr std::size_t kPieces = 8;

/// What GCC and Clang make one instruction of, on every processor.
using Vector = float __attribute__((vector_size(kVector * sizeof(float))));

/// Values of all classes. A constant number of vectors stays in registers.
template <std::size_t blocks>
struct ClassValues {
  explicit ClassValues(std::size_t /*stride*/) {}
  [[nodiscard]] static constexpr std::size_t size() { return blocks; }

  Vector values[blocks];
};
template <>
struct ClassValues<0> {
  explicit ClassValues(std::size_t stride)
      : n(stride / kVector), values(std::make_unique<Vector[]>(n)) {}
  [[nodiscard]] std::size_t size() const { return n; }

  std::size_t n;
  std::unique_ptr<Vector[]> values;
};

Vector load(const float* from) {
  Vector value;
  std::memcpy(&value, from, sizeof(value));
  return value;
}

void store(const Vector& value, float* into) {
  std::memcpy(into, &value, sizeof(value));
}

/// values += times * from[stride]
template <std::size_t blocks>
void add(ClassValues<blocks>& classes, float times, const float* from) {
  for (std::size_t i = 0; i < classes.size(); ++i) {
    classes.values[i] += times * load(from + i * kVector);
  }
}

/// into[stride] += times * values
template <std::size_t blocks>
void add(float* into, float times, const ClassValues<blocks>& classes) {
  for (std::size_t i = 0; i < classes.size(); ++i) {
    float* const place = into + i * kVector;
    store(load(place) + times * classes.values[i], place);
  }
}

struct Problem {
  const SparseRows& rows;
  std::span<const int> labels;
  std::size_t n_features;
  std::size_t n_classes;
  std::size_t stride;
};

/// Logits become probabilities. Returns the logarithm of the normaliser.
double soften(std::span<float> logits) {
  const float highest = *std::ranges::max_element(logits);
  double sum = 0;
  for (auto& logit : logits) {
    logit = std::exp(logit - highest);
    sum += logit;
  }
  for (auto& value : logits) {
    value = static_cast<float>(value / sum);
  }
  return std::log(sum) + highest;
}

/// Sum of the losses of some rows; adds their gradient to `gradient` [features + 1, stride]. With 0
/// blocks, of any stride.
template <std::size_t blocks>
double rows_loss(const Problem& problem, const std::vector<float>& weights, std::size_t begin,
                 std::size_t end, std::vector<float>& gradient) {
  const auto stride = blocks > 0 ? blocks * kVector : problem.stride;
  const auto& [begins, features, values] = problem.rows;
  const auto bias = problem.n_features * stride;
  std::vector<float> plain(stride);
  ClassValues<blocks> classes(stride);
  double loss = 0;
  for (auto row = begin; row < end; ++row) {
    for (std::size_t i = 0; i < classes.size(); ++i) {
      classes.values[i] = load(&weights[bias + i * kVector]);
    }
    for (auto i = begins[row]; i < begins[row + 1]; ++i) {
      add(classes, values[i], &weights[features[i] * stride]);
    }
    for (std::size_t i = 0; i < classes.size(); ++i) {
      store(classes.values[i], &plain[i * kVector]);
    }
    const auto truth = static_cast<std::size_t>(problem.labels[row]);
    const double of_truth = plain[truth];
    loss += soften(std::span(plain).first(problem.n_classes)) - of_truth;
    plain[truth] -= 1;
    std::fill(plain.begin() + static_cast<std::ptrdiff_t>(problem.n_classes), plain.end(), 0.0F);
    for (std::size_t i = 0; i < classes.size(); ++i) {
      classes.values[i] = load(&plain[i * kVector]);
    }
    for (auto i = begins[row]; i < begins[row + 1]; ++i) {
      add(&gradient[features[i] * stride], values[i], classes);
    }
    add(&gradient[bias], 1, classes);
  }
  return loss;
}

double rows_loss(const Problem& problem, const std::vector<float>& weights, std::size_t begin,
                 std::size_t end, std::vector<float>& gradient) {
  switch (problem.stride / kVector) {
    case 1:
      return rows_loss<1>(problem, weights, begin, end, gradient);
    case 2:
      return rows_loss<2>(problem, weights, begin, end, gradient);
    case 3:
      return rows_loss<3>(problem, weights, begin, end, gradient);
    case 4:
      return rows_loss<4>(problem, weights, begin, end, gradient);
    default:
      return rows_loss<0>(problem, weights, begin, end, gradient);
  }
}

/// The objective and its gradient, piece by piece.
class Loss {
 public:
  Loss(const Problem& problem, double strength, int threads)
      : problem_(problem), strength_(strength), threads_(threads) {}

  double operator()(std::span<const double> x, std::span<double> gradient) {
    std::ranges::transform(x, weights_.begin(), [](double w) { return static_cast<float>(w); });
    parallel_pieces(kPieces, threads_, [&](std::size_t begin, std::size_t end) {
      for (auto piece = begin; piece < end; ++piece) {
        run_piece(piece);
      }
    });
    const auto n = static_cast<double>(problem_.rows.size());
    double loss = 0;
    std::ranges::fill(gradient, 0.0);
    for (std::size_t piece = 0; piece < kPieces; ++piece) {
      loss += losses_[piece] / n;
      for (std::size_t i = 0; i < gradient.size(); ++i) {
        gradient[i] += gradients_[piece][i] / n;
      }
    }
    const auto penalised = problem_.n_features * problem_.stride;
    for (std::size_t i = 0; i < penalised; ++i) {
      loss += strength_ / 2 * x[i] * x[i];
      gradient[i] += strength_ * x[i];
    }
    return loss;
  }

 private:
  void run_piece(std::size_t piece) {
    const auto n = problem_.rows.size();
    auto& gradient = gradients_[piece];
    gradient.assign(weights_.size(), 0.0F);
    losses_[piece] =
        rows_loss(problem_, weights_, n * piece / kPieces, n * (piece + 1) / kPieces, gradient);
  }

  const Problem& problem_;
  double strength_;
  int threads_;
  std::vector<float> weights_ = std::vector<float>((problem_.n_features + 1) * problem_.stride);
  std::array<std::vector<float>, kPieces> gradients_;
  std::array<double, kPieces> losses_{};
};

}  // namespace

LinearModel::LinearModel(std::size_t n_features, std::size_t n_classes)
    : n_features_(n_features),
      n_classes_(n_classes),
      stride_((n_classes + kVector - 1) / kVector * kVector),
      weights_((n_features + 1) * stride_) {}

void LinearModel::fit(const SparseRows& rows, std::span<const int> labels, double strength,
                      int threads) {
  const Problem problem{.rows = rows,
                        .labels = labels,
                        .n_features = n_features_,
                        .n_classes = n_classes_,
                        .stride = stride_};
  Loss loss(problem, strength, threads);
  minimize([&](std::span<const double> x, std::span<double> gradient) { return loss(x, gradient); },
           weights_);
}

void LinearModel::predict(const SparseRows& rows, std::size_t row,
                          std::span<float> probabilities) const {
  std::vector<float> logits(n_classes_);
  const auto add = [&](std::size_t feature, float value) {
    for (std::size_t k = 0; k < n_classes_; ++k) {
      logits[k] += value * static_cast<float>(weights_[feature * stride_ + k]);
    }
  };
  for (auto i = rows.begins[row]; i < rows.begins[row + 1]; ++i) {
    add(rows.features[i], rows.values[i]);
  }
  add(n_features_, 1);
  soften(logits);
  std::ranges::copy(logits, probabilities.begin());
}

std::vector<float> LinearModel::weights_of(std::size_t one_class) const {
  std::vector<float> weights;
  for (std::size_t feature = 0; feature <= n_features_; ++feature) {
    weights.push_back(static_cast<float>(weights_[feature * stride_ + one_class]));
  }
  return weights;
}

}  // namespace vio::train

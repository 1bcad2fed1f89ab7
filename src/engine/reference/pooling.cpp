#include "engine/reference/pooling.hpp"

#include <algorithm>
#include <cmath>

namespace vio::engine::reference {

namespace {

double sum(const Features& x, std::size_t positions, std::size_t channel) {
  double total = 0.0;
  for (std::size_t position = 0; position < positions; ++position) {
    total += x.at(position)[channel];
  }
  return total;
}

double max(const Features& x, std::size_t positions, std::size_t channel) {
  double largest = x.at(0)[channel];
  for (std::size_t position = 1; position < positions; ++position) {
    largest = std::max<double>(largest, x.at(position)[channel]);
  }
  return largest;
}

/// log(sum(exp(x)) / n), with the largest x taken out so that nothing overflows.
double log_sum_exp(const Features& x, std::size_t positions, std::size_t channel) {
  const double largest = max(x, positions, channel);
  double total = 0.0;
  for (std::size_t position = 0; position < positions; ++position) {
    total += std::exp(x.at(position)[channel] - largest);
  }
  return largest + std::log(total / static_cast<double>(positions));
}

double pool_channel(model::PoolKind kind, const Features& x, std::size_t positions,
                    std::size_t channel) {
  switch (kind) {
    case model::PoolKind::sum:
      return sum(x, positions, channel);
    case model::PoolKind::max:
      return max(x, positions, channel);
    case model::PoolKind::log_sum_exp:
      return log_sum_exp(x, positions, channel);
    default:
      return sum(x, positions, channel) / static_cast<double>(positions);
  }
}

// e = exp(b tanh(score(x) / b)); per head sum(e value(x)) / sum(e). A head owns channels in a row.
void append_attention(const model::Model& model, const Features& x, std::size_t positions,
                      std::vector<float>& pooled) {
  const Layer score(model, "pooling.score");
  const Layer value(model, "pooling.value");
  const double bound = model.spec.pooling.score_bound;
  const std::size_t channels = x.channels();
  const std::size_t heads = score.bias.size();
  const std::size_t head_width = channels / heads;
  std::vector<float> scores(heads);
  std::vector<float> values(channels);
  std::vector<double> weighted(channels);
  std::vector<double> weights(heads);
  for (std::size_t position = 0; position < positions; ++position) {
    linear(score, x.at(position), scores);
    linear(value, x.at(position), values);
    for (std::size_t head = 0; head < heads; ++head) {
      const double weight = std::exp(bound * std::tanh(scores[head] / bound));
      weights[head] += weight;
      for (std::size_t c = head * head_width; c < (head + 1) * head_width; ++c) {
        weighted[c] += weight * values[c];
      }
    }
  }
  for (std::size_t c = 0; c < channels; ++c) {
    pooled.push_back(static_cast<float>(weighted[c] / weights[c / head_width]));
  }
}

}  // namespace

std::vector<float> pool(const model::Model& model, const Features& x, std::size_t positions) {
  std::vector<float> pooled;
  for (const auto kind : model.spec.pooling.kinds) {
    if (kind == model::PoolKind::attention) {
      append_attention(model, x, positions, pooled);
      continue;
    }
    for (std::size_t c = 0; c < x.channels(); ++c) {
      pooled.push_back(static_cast<float>(pool_channel(kind, x, positions, c)));
    }
  }
  return pooled;
}

}  // namespace vio::engine::reference

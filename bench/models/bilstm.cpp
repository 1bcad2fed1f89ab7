#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/rnn.h>

#include "models/networks.hpp"
#include "models/rival.hpp"

namespace vio::bench {

namespace {

namespace nn = torch::nn;
using torch::Tensor;

constexpr std::int64_t kWord = 3;  // positions a token
constexpr std::int64_t kEmbedding = 48;
constexpr std::int64_t kHidden = 64;  // of each direction

std::int64_t power(std::int64_t base, std::int64_t exponent) {
  return exponent == 0 ? 1 : base * power(base, exponent - 1);
}

nn::LSTM lstm() {
  return nn::LSTM(nn::LSTMOptions(kEmbedding, kHidden));
}

/// Turns every row's real part round, and leaves the padding where it is: x [T, N, C].
Tensor reversed(const Tensor& x_tnc, const Tensor& lengths) {
  const auto positions_t1 = torch::arange(x_tnc.size(0), lengths.options()).unsqueeze(1);
  const auto from_tn =
      torch::where(positions_t1 < lengths, lengths - 1 - positions_t1, positions_t1);
  return x_tnc.gather(0, from_tn.unsqueeze(2).expand_as(x_tnc));
}

/// Words of three letters, side by side, read from both ends. Two LSTMs on padded rows instead of
/// a bidirectional one on packed rows, whose gradient takes LibTorch quadratic time on a CPU.
class BiLstm final : public Rival {
 public:
  BiLstm(const model::Spec& spec, const train::FitOptions& options)
      : Rival(spec, options, 4 * kHidden),
        pad_(spec.alphabet.pad()),
        embedding_(
            register_module("embedding", nn::Embedding(power(symbols(), kWord) + 1, kEmbedding))),
        forward_(register_module("forward", lstm())),
        backward_(register_module("backward", lstm())) {}

 private:
  /// int64 [T, N]; a word with an unknown letter or with padding is the last of the vocabulary.
  [[nodiscard]] Tensor words(const Tensor& codes_nl) const {
    const auto rest = codes_nl.size(1) % kWord;
    const auto whole = torch::constant_pad_nd(codes_nl, {0, rest == 0 ? 0 : kWord - rest}, pad_);
    const auto letters_ntk = whole.to(torch::kLong).unflatten(1, {-1, kWord});
    auto word_nt = torch::zeros_like(letters_ntk.select(2, 0));
    for (std::int64_t k = 0; k < kWord; ++k) {
      word_nt = word_nt * symbols() + letters_ntk.select(2, k);
    }
    const auto known_nt = letters_ntk.amax(2) < symbols();
    return torch::where(known_nt, word_nt, power(symbols(), kWord)).t();
  }

  [[nodiscard]] bool mixes_lengths() const override { return true; }

  Tensor encode(const Tensor& codes_nl, const Tensor& lengths) override {
    const auto word_lengths = (lengths + (kWord - 1)).div(kWord, "floor");
    const auto x_tne = drop(embedding_(words(codes_nl)));
    const auto there = std::get<0>(forward_(x_tne));
    const auto back = std::get<0>(backward_(reversed(x_tne, word_lengths)));
    const auto y_tnc = torch::cat({there, reversed(back, word_lengths)}, 2);
    return mean_and_max(drop(y_tnc), word_lengths);
  }

  std::int64_t pad_;
  nn::Embedding embedding_;
  nn::LSTM forward_;
  nn::LSTM backward_;
};

}  // namespace

train::ClassifierFactory bilstm(const model::Spec& spec, const train::FitOptions& options) {
  return [spec, options] { return std::make_shared<BiLstm>(spec, options); };
}

}  // namespace vio::bench

#include "train/augment.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "train/random.hpp"
#include "train/strands.hpp"
#include "vio/core/error.hpp"

namespace vio::train {

namespace {

constexpr std::size_t kShortestMasked = 21;

std::vector<bool> turned_classes(const model::Spec& spec, const Augmentation& options) {
  if (options.reverse_complement > 0 && !spec.alphabet.has_complement()) {
    throw core::UsageError(fmt::format(
        "--augment-rc needs an alphabet with complements, dna or rna, but the spec's is {}",
        spec.alphabet.name()));
  }
  const auto& names = options.reverse_complement_classes;
  std::vector<bool> turned(spec.classes.size(), names.empty());
  for (const auto& name : names) {
    const auto found = std::ranges::find(spec.classes, name);
    if (found == spec.classes.end()) {
      throw core::UsageError(
          fmt::format("--augment-rc-classes names '{}', which is not a class of the table", name));
    }
    turned[static_cast<std::size_t>(found - spec.classes.begin())] = true;
  }
  return turned;
}

/// Known symbols are redrawn, unknown ones stay.
void substitute(std::vector<core::Code>& codes, double rate, const core::Alphabet& alphabet,
                Random& random) {
  const auto symbols = static_cast<std::uint64_t>(alphabet.size());
  for (auto& code : codes) {
    if (random.uniform() < rate && code < symbols) {
      code = static_cast<core::Code>(random.below(symbols));
    }
  }
}

void mask_span(std::vector<core::Code>& codes, double fraction, core::Code unknown,
               Random& random) {
  const auto n = codes.size();
  const auto span = static_cast<std::size_t>(static_cast<double>(n) * fraction);
  const auto begin = random.below(n - span + 1);
  std::fill_n(codes.begin() + static_cast<std::ptrdiff_t>(begin), span, unknown);
}

}  // namespace

Augmenter::Augmenter(const model::Spec& spec, const Augmentation& options, std::uint32_t seed)
    : alphabet_(spec.alphabet),
      options_(options),
      seed_(seed),
      turned_(turned_classes(spec, options)) {}

AugmentedRow Augmenter::row(const Dataset& data, std::size_t row, int epoch) const {
  AugmentedRow result{.codes = data.sequences[row]};
  auto& codes = result.codes;
  Random random{seed_, static_cast<std::uint64_t>(epoch), row};
  if (options_.reverse_complement > 0 && random.uniform() < options_.reverse_complement &&
      turned_[static_cast<std::size_t>(data.labels[row])]) {
    reverse_complement(codes, alphabet_);
  }
  if (options_.substitutions > 0) {
    substitute(codes, options_.substitutions * random.uniform(), alphabet_, random);
  }
  if (options_.mask > 0 && codes.size() >= kShortestMasked) {
    mask_span(codes, options_.mask * random.uniform(), alphabet_.unknown(), random);
  }
  result.whole = options_.length_dropout <= 0 || random.uniform() >= options_.length_dropout;
  return result;
}

}  // namespace vio::train

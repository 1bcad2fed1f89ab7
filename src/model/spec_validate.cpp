#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "vio/core/error.hpp"
#include "vio/model/spec.hpp"

namespace vio::model {

namespace {

// Far beyond any sensible model, close enough that no sum or product below overflows and that a
// file cannot make the program allocate without measure.
constexpr int kMaxWindow = 1 << 20;
constexpr int kMaxChannels = 4096;
constexpr int kMaxKernel = 255;
constexpr int kMaxDilation = 4096;
constexpr int kMaxBlocks = 64;
constexpr int kMaxHidden = 16384;
constexpr int kMaxClasses = 10000;
constexpr int kMaxRangeLevels = 20;
constexpr int kMaxWordLength = 10;  ///< of 64 symbols, as an index, it fits 63 bits
constexpr std::size_t kMaxClassName = 200;
constexpr std::int64_t kMaxParameters = std::int64_t{1} << 28;
// exp(30) times kMaxWindow positions is far inside a float's range.
constexpr double kMaxScoreBound = 30.0;

[[noreturn]] void refuse(std::string_view field, std::string_view problem) {
  throw core::ModelError(
      fmt::format("field '{}' of the model's spec {}: correct the spec", field, problem));
}

void check_range(std::string_view field, int value, int low, int high) {
  if (value < low || value > high) {
    refuse(field, fmt::format("must be from {} to {}, not {}", low, high, value));
  }
}

void check_kernel(std::string_view field, int kernel) {
  check_range(field, kernel, 1, kMaxKernel);
  if (kernel % 2 == 0) {
    refuse(field, fmt::format("must be odd, so that a position has as many neighbours on either "
                              "side, not {}",
                              kernel));
  }
}

void check_block(const BlockSpec& block, std::size_t index) {
  const auto field = [&](std::string_view name) {
    return fmt::format("blocks[{}].{}", index, name);
  };
  check_kernel(field("kernel"), block.kernel);
  check_range(field("dilation"), block.dilation, 1, kMaxDilation);
  if (block.kind == BlockSpec::Kind::residual) {
    check_range(field("width"), block.width, 1, kMaxChannels);
  } else if (block.width != 0) {
    refuse(field("width"),
           "is for residual blocks: a gated block is as wide as the model's channels");
  }
}

void check_pooling(const Spec& spec) {
  const auto& pooling = spec.pooling;
  if (pooling.kinds.empty()) {
    refuse("pooling.kinds", "must name at least one kind");
  }
  if (std::set(pooling.kinds.begin(), pooling.kinds.end()).size() != pooling.kinds.size()) {
    refuse("pooling.kinds", "names a kind twice");
  }
  if (pooling.over_padding && !spec.fixed_window) {
    refuse("pooling.over_padding", "needs fixed_window: without it a window has no padding");
  }
  check_range("pooling.heads", pooling.heads, 1, kMaxChannels);
  const bool attends = std::find(pooling.kinds.begin(), pooling.kinds.end(), PoolKind::attention) !=
                       pooling.kinds.end();
  if (attends && spec.channels % pooling.heads != 0) {
    refuse("pooling.heads",
           fmt::format("must divide the {} channels, {} does not", spec.channels, pooling.heads));
  }
  if (!(pooling.score_bound > 0.0 && pooling.score_bound <= kMaxScoreBound)) {
    refuse("pooling.score_bound", fmt::format("must be above 0 and at most {}, not {}",
                                              kMaxScoreBound, pooling.score_bound));
  }
}

void check_length(const LengthSpec& length) {
  check_range("length.range_levels", length.range_levels, 0, kMaxRangeLevels);
  if (length.range_levels > 0 && !length.enabled) {
    refuse("length.range_levels", "needs length.enabled");
  }
}

void check_words(const Spec& spec) {
  check_range("words.length", spec.words.length, 0, kMaxWordLength);
  if (word_rows(spec.words, spec.alphabet) > kMaxParameters) {
    refuse("words.length", fmt::format("makes more than {} words of {} symbols", kMaxParameters,
                                       spec.alphabet.size()));
  }
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char symbol) {
    const auto byte = static_cast<unsigned char>(symbol);
    return byte < 0x20 || byte == 0x7f;
  });
}

void check_classes(const std::vector<std::string>& classes) {
  const auto count = static_cast<std::int64_t>(classes.size());
  if (count < 2 || count > kMaxClasses) {
    refuse("classes", fmt::format("must name 2 to {} classes, not {}", kMaxClasses, count));
  }
  std::set<std::string_view> seen;
  for (const auto& name : classes) {
    if (name.empty() || name.size() > kMaxClassName || has_control_character(name)) {
      refuse("classes", fmt::format("has a name that is empty, longer than {} bytes, or has tabs "
                                    "or other control characters",
                                    kMaxClassName));
    }
    if (!seen.insert(name).second) {
      refuse("classes", fmt::format("names '{}' twice", name));
    }
  }
}

}  // namespace

void validate(const Spec& spec) {
  check_range("window", spec.window, 1, kMaxWindow);
  check_range("channels", spec.channels, 1, kMaxChannels);
  check_kernel("stem_kernel", spec.stem_kernel);
  if (spec.blocks.size() > static_cast<std::size_t>(kMaxBlocks)) {
    refuse("blocks",
           fmt::format("must list at most {} blocks, not {}", kMaxBlocks, spec.blocks.size()));
  }
  for (std::size_t i = 0; i < spec.blocks.size(); ++i) {
    check_block(spec.blocks[i], i);
  }
  check_pooling(spec);
  check_length(spec.length);
  check_words(spec);
  check_range("head.hidden", spec.head.hidden, 0, kMaxHidden);
  check_classes(spec.classes);
  if (const auto parameters = parameter_count(spec); parameters > kMaxParameters) {
    refuse("channels", fmt::format("and the other widths make {} parameters, more than the {} that "
                                   "a model may have",
                                   parameters, kMaxParameters));
  }
}

}  // namespace vio::model

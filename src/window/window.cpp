#include "vio/window/window.hpp"

#include <algorithm>

namespace vio::window {

namespace {

using core::Code;

std::size_t copy_forward(const Window& window, std::span<Code> codes) {
  const auto all = std::span<const Code>(window.block->codes);
  auto out = codes.begin();
  const auto copy = [&](std::int64_t begin, std::int64_t end) {
    const auto part =
        all.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    out = std::copy(part.begin(), part.end(), out);
  };
  if (window.edit) {
    copy(window.begin, window.edit->begin);
    out = std::copy(window.edit->alt.begin(), window.edit->alt.end(), out);
    copy(window.edit->begin + window.edit->ref_length, window.end);
  } else {
    copy(window.begin, window.end);
  }
  return static_cast<std::size_t>(out - codes.begin());
}

}  // namespace

std::size_t materialize(const Window& window, const core::Alphabet& alphabet,
                        std::span<Code> codes) {
  const std::size_t count = copy_forward(window, codes);
  if (window.reverse) {
    const auto written = codes.first(count);
    std::reverse(written.begin(), written.end());
    std::transform(written.begin(), written.end(), written.begin(),
                   [&](Code code) { return alphabet.complement(code); });
  }
  return count;
}

}  // namespace vio::window

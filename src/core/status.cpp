#include "vio/core/status.hpp"

namespace vio::core {

namespace {

struct Text {
  std::string_view name;
  std::string_view meaning;
};

// In the order of the enum.
constexpr std::array<Text, kStatusCount> kTexts{{
    {"OK", "scored"},
    {"EMPTY", "no sequence"},
    {"TOO_SHORT", "shorter than --min-len"},
    {"OUT_OF_RANGE", "past the end of the contig"},
    {"NO_CONTIG", "contig not in the reference"},
    {"REF_MISMATCH", "REF differs from the reference"},
    {"NO_ALT", "no ALT allele"},
    {"STAR", "ALT is an upstream deletion"},
    {"SYMBOLIC", "ALT is symbolic"},
    {"BREAKEND", "ALT is a breakend"},
    {"TOO_LONG", "allele does not fit the window"},
}};

const Text& text_of(Status status) noexcept {
  return kTexts[static_cast<std::size_t>(status)];
}

}  // namespace

std::string_view status_name(Status status) noexcept {
  return text_of(status).name;
}

std::string_view status_meaning(Status status) noexcept {
  return text_of(status).meaning;
}

}  // namespace vio::core

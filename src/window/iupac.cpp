#include "window/iupac.hpp"

#include <algorithm>
#include <array>

namespace vio::window {

namespace {

constexpr std::uint8_t kA = 1;
constexpr std::uint8_t kC = 2;
constexpr std::uint8_t kG = 4;
constexpr std::uint8_t kT = 8;

struct Meaning {
  char letter;
  std::uint8_t bases;
};

constexpr std::array<Meaning, 16> kMeanings{{
    {'A', kA},
    {'C', kC},
    {'G', kG},
    {'T', kT},
    {'U', kT},
    {'R', kA | kG},
    {'Y', kC | kT},
    {'S', kC | kG},
    {'W', kA | kT},
    {'K', kG | kT},
    {'M', kA | kC},
    {'B', kC | kG | kT},
    {'D', kA | kG | kT},
    {'H', kA | kC | kT},
    {'V', kA | kC | kG},
    {'N', kA | kC | kG | kT},
}};

using Table = std::array<std::uint8_t, 256>;

constexpr Table make_table() {
  constexpr unsigned kLowerCase = 0x20;
  Table table{};
  for (const auto& meaning : kMeanings) {
    const auto upper = static_cast<unsigned char>(meaning.letter);
    table.at(upper) = meaning.bases;
    table.at(upper | kLowerCase) = meaning.bases;
  }
  return table;
}

constexpr Table kTable = make_table();

}  // namespace

std::uint8_t iupac_bases(char symbol) noexcept {
  return kTable[static_cast<unsigned char>(symbol)];
}

bool is_iupac(std::string_view symbols) noexcept {
  return !symbols.empty() && std::all_of(symbols.begin(), symbols.end(),
                                         [](char symbol) { return iupac_bases(symbol) != 0; });
}

}  // namespace vio::window

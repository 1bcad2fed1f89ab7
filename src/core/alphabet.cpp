#include "vio/core/alphabet.hpp"

#include <algorithm>
#include <stdexcept>

namespace vio::core {

namespace {

constexpr std::string_view kDna = "ACGT";
constexpr std::string_view kRna = "ACGU";
constexpr std::string_view kProtein = "ACDEFGHIKLMNPQRSTVWY";

bool is_printable(char symbol) {
  return symbol > ' ' && symbol < 127;
}
bool is_letter(char symbol) {
  return (symbol >= 'a' && symbol <= 'z') || (symbol >= 'A' && symbol <= 'Z');
}
char other_case(char letter) {
  return static_cast<char>(letter ^ 0x20);
}

void check_symbols(std::string_view symbols) {
  if (symbols.size() < 2 || symbols.size() > 64) {
    throw std::invalid_argument("an alphabet has 2 to 64 symbols, not " +
                                std::to_string(symbols.size()));
  }
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    const char symbol = symbols[i];
    if (!is_printable(symbol)) {
      throw std::invalid_argument("an alphabet's symbols must be printable ASCII");
    }
    const auto rest = symbols.substr(i + 1);
    if (rest.find(symbol) != rest.npos ||
        (is_letter(symbol) && rest.find(other_case(symbol)) != rest.npos)) {
      throw std::invalid_argument(std::string("symbol '") + symbol +
                                  "' stands twice in the alphabet");
    }
  }
}

}  // namespace

Alphabet::Alphabet(std::string name, std::string_view symbols)
    : name_(std::move(name)), symbols_(symbols) {
  table_.fill(unknown());
  for (std::size_t code = 0; code < symbols_.size(); ++code) {
    const char symbol = symbols_[code];
    table_[static_cast<unsigned char>(symbol)] = static_cast<Code>(code);
    if (is_letter(symbol)) {
      table_[static_cast<unsigned char>(other_case(symbol))] = static_cast<Code>(code);
    }
  }
}

Alphabet Alphabet::dna() {
  Alphabet alphabet("dna", kDna);
  alphabet.table_['U'] = alphabet.table_['u'] = alphabet.encode('T');
  alphabet.complement_ = {3, 2, 1, 0, alphabet.unknown(), alphabet.pad()};
  return alphabet;
}

Alphabet Alphabet::rna() {
  Alphabet alphabet("rna", kRna);
  alphabet.table_['T'] = alphabet.table_['t'] = alphabet.encode('U');
  alphabet.complement_ = {3, 2, 1, 0, alphabet.unknown(), alphabet.pad()};
  return alphabet;
}

Alphabet Alphabet::protein() {
  return {"protein", kProtein};
}

Alphabet Alphabet::custom(std::string_view symbols) {
  check_symbols(symbols);
  return {"custom", symbols};
}

Alphabet Alphabet::named(std::string_view name_or_symbols) {
  if (name_or_symbols == "dna") {
    return dna();
  }
  if (name_or_symbols == "rna") {
    return rna();
  }
  if (name_or_symbols == "protein") {
    return protein();
  }
  return custom(name_or_symbols);
}

void Alphabet::encode(std::span<const char> symbols, std::span<Code> codes) const noexcept {
  std::transform(symbols.begin(), symbols.end(), codes.begin(),
                 [this](char symbol) { return encode(symbol); });
}

}  // namespace vio::core

#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vio::core {

/// One position of a sequence. With K symbols: 0..K-1 are the symbols in the alphabet's order, K is
/// an unknown symbol (N of DNA), K+1 is padding of a window (an all-zero one-hot column).
using Code = std::uint8_t;

/// An ordered set of symbols and the code of every input byte. Immutable, cheap to copy, safe to
/// share between threads.
class Alphabet {
 public:
  /// A C G T; case-insensitive; U reads as T; every other byte is unknown (IUPAC codes included).
  [[nodiscard]] static Alphabet dna();
  /// A C G U; case-insensitive; T reads as U.
  [[nodiscard]] static Alphabet rna();
  /// The 20 amino acids in alphabetical order of their one-letter codes.
  [[nodiscard]] static Alphabet protein();
  /// Any other ordered set of 2 to 64 distinct printable symbols; letters are case-insensitive.
  /// Throws std::invalid_argument with a sentence otherwise.
  [[nodiscard]] static Alphabet custom(std::string_view symbols);
  /// `dna`, `rna`, `protein`, or the symbols themselves.
  [[nodiscard]] static Alphabet named(std::string_view name_or_symbols);

  /// `dna`, `rna`, `protein` or `custom`.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] const std::string& symbols() const noexcept { return symbols_; }
  /// K, the number of known symbols.
  [[nodiscard]] int size() const noexcept { return static_cast<int>(symbols_.size()); }
  [[nodiscard]] Code unknown() const noexcept { return static_cast<Code>(symbols_.size()); }
  [[nodiscard]] Code pad() const noexcept { return static_cast<Code>(symbols_.size() + 1); }

  [[nodiscard]] Code encode(char symbol) const noexcept {
    return table_[static_cast<unsigned char>(symbol)];
  }
  /// Encodes `symbols` into `codes`, which must be of the same size.
  void encode(std::span<const char> symbols, std::span<Code> codes) const noexcept;

  /// True where a reverse strand exists (DNA, RNA).
  [[nodiscard]] bool has_complement() const noexcept { return !complement_.empty(); }
  /// Complement of any code; unknown and padding stay what they are. Needs has_complement().
  [[nodiscard]] Code complement(Code code) const noexcept { return complement_[code]; }

  bool operator==(const Alphabet&) const = default;

 private:
  Alphabet(std::string name, std::string_view symbols);

  std::string name_;
  std::string symbols_;
  std::array<Code, 256> table_{};
  std::vector<Code> complement_;
};

}  // namespace vio::core

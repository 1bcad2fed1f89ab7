#pragma once

#include <map>
#include <string>
#include <vector>

#include "hts/test_files.hpp"
#include "support/variant_text.hpp"
#include "vio/encode/encoded_variants.hpp"

namespace vio::test {

using Contigs = std::map<std::string, std::string>;

/// A reference file, and what encodes variants on it.
class Bench {
 public:
  Bench(const Contigs& contigs, bool packed, std::int64_t window, std::int64_t stride = 1 << 16)
      : window_(window),
        reference_(write(folder_, contigs, packed)),
        names_(reference_.index(), {}),
        cache_(reference_, core::Alphabet::dna(),
               {.reach = encode::variant_reach(window), .stride = stride, .max_blocks = 2}) {}

  encode::EncodedVariants encode(const std::vector<VariantLine>& lines,
                                 encode::RefMismatch mismatch = encode::RefMismatch::skip) {
    return encode(variant_batch(lines), mismatch);
  }
  encode::EncodedVariants encode(source::VariantBatch batch,
                                 encode::RefMismatch mismatch = encode::RefMismatch::skip) {
    return encode::encode_variants(std::move(batch), names_, cache_,
                                   {.window = window_, .ref_mismatch = mismatch});
  }

 private:
  static std::string write(const TemporaryFolder& folder, const Contigs& contigs, bool packed) {
    std::string text;
    for (const auto& [name, symbols] : contigs) {
      text += ">" + name + "\n";
      for (std::size_t i = 0; i < symbols.size(); i += 50) text += symbols.substr(i, 50) + "\n";
    }
    return write_file(folder.file("x.fa"), packed ? bgzip(text) : text);
  }

  TemporaryFolder folder_;
  std::int64_t window_;
  source::Reference reference_;
  source::ContigNames names_;
  encode::ReferenceCache cache_;
};

inline std::vector<core::Code> encoded(const std::string& symbols) {
  std::vector<core::Code> codes(symbols.size());
  core::Alphabet::dna().encode(symbols, codes);
  return codes;
}

inline std::vector<core::Code> materialized(const window::Window& window) {
  std::vector<core::Code> codes(static_cast<std::size_t>(window.length()));
  window::materialize(window, core::Alphabet::dna(), codes);
  return codes;
}

}  // namespace vio::test

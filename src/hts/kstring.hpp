#pragma once

#include <htslib/kstring.h>

#include <string_view>

namespace vio::hts {

/// A kstring_t that frees itself.
class KString {
 public:
  KString() = default;
  KString(const KString&) = delete;
  KString& operator=(const KString&) = delete;
  ~KString() { ks_free(&string_); }

  [[nodiscard]] kstring_t* get() noexcept { return &string_; }
  [[nodiscard]] std::string_view view() const noexcept { return {string_.s, string_.l}; }

 private:
  kstring_t string_ = KS_INITIALIZE;
};

}  // namespace vio::hts

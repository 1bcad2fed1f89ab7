#include "model/sha256.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

#include "vio/core/error.hpp"

namespace vio::model {

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw core::InternalError("OpenSSL could not compute a SHA-256 checksum");
  }
  std::string text;
  for (unsigned int i = 0; i < size; ++i) {
    text += fmt::format("{:02x}", digest[i]);
  }
  return text;
}

}  // namespace vio::model

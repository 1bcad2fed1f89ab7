#include <htslib/hfile.h>
#include <zlib.h>

#include <algorithm>
#include <span>
#include <vector>

#include "vio/hts/input.hpp"

namespace vio::hts {

namespace {

constexpr std::size_t kPackedBytes = 1U << 15U;  // HTSlib's buffer for reading has at most this

std::vector<unsigned char> peek_packed(hFILE* file) {
  std::vector<unsigned char> bytes(kPackedBytes);
  const auto count = hpeek(file, bytes.data(), bytes.size());
  bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  return bytes;
}

bool is_gzip(std::span<const unsigned char> bytes) noexcept {
  return bytes.size() >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
}

class Inflater {
 public:
  Inflater() {
    constexpr int kGzipOfAnyWindow = MAX_WBITS + 16;  // as zlib.h has it
    begun_ = inflateInit2(&stream_, kGzipOfAnyWindow) == Z_OK;
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() {
    if (begun_) inflateEnd(&stream_);
  }

  /// Fills `text` as far as the bytes go, over the ends of gzip members and BGZF blocks.
  [[nodiscard]] std::size_t run(std::span<unsigned char> packed, std::span<char> text) {
    if (!begun_) return 0;
    stream_.next_in = packed.data();
    stream_.avail_in = static_cast<uInt>(packed.size());
    stream_.next_out = reinterpret_cast<Bytef*>(text.data());  // NOLINT(*-reinterpret-cast)
    stream_.avail_out = static_cast<uInt>(text.size());
    for (int state = Z_OK; state == Z_OK && stream_.avail_in > 0 && stream_.avail_out > 0;) {
      state = inflate(&stream_, Z_SYNC_FLUSH);
      if (state == Z_STREAM_END) state = inflateReset(&stream_);
    }
    return text.size() - stream_.avail_out;
  }

 private:
  z_stream stream_{};
  bool begun_ = false;
};

}  // namespace

std::string Input::peek(std::size_t limit) const {
  if (!file_) return {};
  auto packed = peek_packed(file_.get());
  if (!is_gzip(packed))
    return {packed.begin(),
            packed.begin() + static_cast<std::ptrdiff_t>(std::min(limit, packed.size()))};
  std::string text(limit, '\0');
  text.resize(Inflater().run(packed, text));
  return text;
}

}  // namespace vio::hts

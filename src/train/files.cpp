#include "train/files.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <span>
#include <system_error>

#include "vio/core/error.hpp"
#include "vio/hts/byte_reader.hpp"

namespace vio::train {

namespace {

constexpr std::size_t kPiece = 1 << 20;

}  // namespace

std::string read_file(const std::string& path) {
  hts::ByteReader reader({.path = path, .threads = 1, .block_index = ""});
  std::string text;
  for (std::size_t got = kPiece; got == kPiece;) {
    const auto had = text.size();
    text.resize(had + kPiece);
    got = reader.read(std::span(text).subspan(had));
    text.resize(had + got);
  }
  return text;
}

void write_file(const std::filesystem::path& path, std::string_view text) {
  auto temporary = path;
  temporary += fmt::format(".{}.tmp", getpid());
  std::ofstream out(temporary, std::ios::binary);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  std::error_code error;
  if (out.fail()) {
    std::filesystem::remove(temporary, error);
    throw core::OutputError(fmt::format(
        "{} could not be written; check that its folder exists, is writable and has room",
        path.string()));
  }
  std::filesystem::rename(temporary, path, error);
  if (error) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw core::OutputError(
        fmt::format("{} could not be put in place: {}; free the name or give "
                    "another",
                    path.string(), error.message()));
  }
}

void write_standard_output(std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      throw core::ClosedPipe();
    } else if (errno != EINTR) {
      throw core::OutputError(
          fmt::format("standard output could not be written: {}; free space or "
                      "send it elsewhere",
                      std::strerror(errno)));
    }
  }
}

}  // namespace vio::train

#include "model/file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include "vio/core/error.hpp"

namespace vio::model {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxFileBytes = std::uintmax_t{2} << 30U;

/// Size of a file that can be a model. A pipe or a device has none and is not read.
std::size_t checked_size(const fs::path& file) {
  std::error_code error;
  const auto status = fs::status(file, error);
  if (!fs::exists(status)) {
    throw core::ModelError(fmt::format(
        "model file {} cannot be found: check the path given with --model", file.string()));
  }
  if (!fs::is_regular_file(status)) {
    throw core::ModelError(
        fmt::format("model {} is not a regular file: give a .safetensors file", file.string()));
  }
  const auto size = fs::file_size(file, error);
  if (error) {
    throw core::ModelError(
        fmt::format("model file {} cannot be read: {}", file.string(), error.message()));
  }
  if (size > kMaxFileBytes) {
    throw core::ModelError(fmt::format(
        "model file {} has {} bytes, more than the {} that any model takes: give another file",
        file.string(), size, kMaxFileBytes));
  }
  return static_cast<std::size_t>(size);
}

void write_stream(const fs::path& file, std::string_view bytes) {
  errno = 0;
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) {
    throw core::OutputError(fmt::format("model file {} cannot be written: {}", file.string(),
                                        errno != 0 ? std::strerror(errno) : "unknown error"));
  }
}

}  // namespace

std::string read_file(const fs::path& file) {
  std::string bytes(checked_size(file), '\0');
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!in || in.gcount() != static_cast<std::streamsize>(bytes.size())) {
    throw core::ModelError(fmt::format(
        "model file {} cannot be read: {}", file.string(),
        errno != 0 ? std::strerror(errno) : "it became shorter while it was being read"));
  }
  return bytes;
}

void write_file(const fs::path& file, std::string_view bytes) {
  auto temporary = file;
  temporary += fmt::format(".{}.part", getpid());
  try {
    write_stream(temporary, bytes);
    fs::rename(temporary, file);
  } catch (const fs::filesystem_error& error) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    throw core::OutputError(
        fmt::format("model file {} cannot be written: {}", file.string(), error.code().message()));
  } catch (const core::OutputError&) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    throw;
  }
}

}  // namespace vio::model

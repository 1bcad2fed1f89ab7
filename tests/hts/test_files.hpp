#pragma once

#include <htslib/bgzf.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

namespace vio::test {

/// A folder of its own for one test, removed with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder() : path_((std::filesystem::temp_directory_path() / "vio-test-XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary folder");
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string file(std::string_view name) const {
    return path_ + "/" + std::string(name);
  }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  std::string path_;
};

inline std::string write_file(const std::string& path, std::string_view bytes) {
  // Afresh: some file systems wait for the disk where a file is emptied and written again.
  if (std::filesystem::is_regular_file(path)) std::filesystem::remove(path);
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
  return path;
}

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// `bytes` as HTSlib packs them: mode `w` BGZF, `wg` plain gzip.
inline std::string pack(std::string_view bytes, const char* mode) {
  const TemporaryFolder folder;
  const std::string path = folder.file("packed");
  BGZF* file = bgzf_open(path.c_str(), mode);
  const auto written = bgzf_write(file, bytes.data(), bytes.size());
  if (bgzf_close(file) != 0 || written != static_cast<ssize_t>(bytes.size())) {
    throw std::runtime_error("cannot pack");
  }
  return read_file(path);
}

inline std::string gzip(std::string_view bytes) {
  return pack(bytes, "wg");
}
inline std::string bgzip(std::string_view bytes) {
  return pack(bytes, "w");
}

/// Standard input is a pipe that carries `bytes` while this lives.
class StandardInput {
 public:
  explicit StandardInput(std::string bytes) : saved_(::dup(STDIN_FILENO)) {
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
    ::dup2(ends[0], STDIN_FILENO);
    ::close(ends[0]);
    writer_ = std::thread([out = ends[1], data = std::move(bytes)] {
      std::string_view rest = data;
      while (!rest.empty()) {
        const auto count = ::write(out, rest.data(), rest.size());
        if (count <= 0) break;
        rest.remove_prefix(static_cast<std::size_t>(count));
      }
      ::close(out);
    });
  }
  StandardInput(const StandardInput&) = delete;
  StandardInput& operator=(const StandardInput&) = delete;
  ~StandardInput() {
    ::dup2(saved_, STDIN_FILENO);
    ::close(saved_);
    writer_.join();
  }

 private:
  int saved_;
  std::thread writer_;
};

}  // namespace vio::test

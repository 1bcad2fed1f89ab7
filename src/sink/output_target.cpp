#include "vio/sink/output_target.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <random>

#include "vio/core/error.hpp"

namespace vio::sink {

namespace fs = std::filesystem;

namespace {

/// A name in the same folder (a rename must not cross file systems), hidden, and not yet taken.
fs::path create_temporary(const fs::path& final_path) {
  constexpr int kAttempts = 100;
  std::random_device random;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const auto name = fmt::format(".{}.{:08x}.tmp", final_path.filename().string(), random());
    auto candidate = final_path.parent_path() / name;
    const int descriptor = ::open(candidate.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0) {
      ::close(descriptor);
      return candidate;
    }
    if (errno != EEXIST) {
      break;
    }
  }
  throw core::UsageError(fmt::format("cannot create the output file {}: {}", final_path.string(),
                                     std::strerror(errno)));
}

/// Standard output under a name of its own: to be written as such, since a redirected file would
/// otherwise be opened a second time, or even replaced.
std::string without_alias(const std::string& path) {
  const bool is_alias = path == "/dev/stdout" || path == "/dev/fd/1" || path == "/proc/self/fd/1";
  return is_alias ? "-" : path;
}

bool is_written_directly(const fs::path& path) {
  if (path.string().starts_with("/dev/") || path.string().starts_with("/proc/")) {
    return true;
  }
  std::error_code error;
  const auto status = fs::status(path, error);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

}  // namespace

OutputTarget::OutputTarget(const std::string& path, TemporaryFiles& temporaries)
    : final_(without_alias(path)), writing_(final_), temporaries_(temporaries) {
  if (is_stdout() || is_written_directly(final_)) {
    return;
  }
  if (fs::is_directory(final_)) {
    throw core::UsageError(fmt::format("the output {} is a folder; name a file in it", path));
  }
  if (fs::is_symlink(final_)) {
    final_ = fs::weakly_canonical(final_);  // replace what the link names, not the link
  }
  writing_ = create_temporary(final_);
  temporaries_.add(writing_);
}

OutputTarget::~OutputTarget() {
  if (is_temporary()) {
    std::error_code ignored;
    fs::remove(writing_, ignored);
    temporaries_.forget(writing_);
  }
}

std::string OutputTarget::display_name() const {
  return is_stdout() ? "standard output" : final_.string();
}

void OutputTarget::commit() {
  if (!is_temporary()) {
    return;
  }
  std::error_code error;
  fs::rename(writing_, final_, error);
  if (error) {
    throw core::OutputError(
        fmt::format("cannot give {} its final name: {}", display_name(), error.message()));
  }
  temporaries_.forget(writing_);
  writing_ = final_;
}

}  // namespace vio::sink

#include "vio/core/executable.hpp"

namespace vio::core {

std::filesystem::path executable_folder() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

}  // namespace vio::core

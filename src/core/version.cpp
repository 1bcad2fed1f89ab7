#include "vio/core/version.hpp"

namespace vio::core {

std::string_view version() noexcept {
  return VIO_VERSION;
}

}  // namespace vio::core

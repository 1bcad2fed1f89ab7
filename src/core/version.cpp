#include "vio/core/version.hpp"

namespace vio::core {

std::string_view version() noexcept {
  return VIO_VERSION;
}

std::string_view release_date() noexcept {
  return VIO_RELEASE_DATE;
}

}  // namespace vio::core

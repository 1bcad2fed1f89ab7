#include "versions.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "vio/core/version.hpp"
#include "vio/engine/registry.hpp"
#include "vio/hts/version.hpp"

namespace vio::cli {

std::string version_text() {
  return fmt::format("vio-annotate {}\nHTSlib {}\nengines: {}\n", core::version(),
                     hts::htslib_version(), fmt::join(engine::available_engines(), ", "));
}

}  // namespace vio::cli

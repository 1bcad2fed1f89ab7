#include "vio/core/strand.hpp"

#include <string>

#include "vio/core/error.hpp"

namespace vio::core {

Strand parse_strand(std::string_view name, const Alphabet& alphabet) {
  if (name == "forward") {
    return Strand::forward;
  }
  if (name != "reverse" && name != "both") {
    throw UsageError("--strand takes forward, reverse or both, not '" + std::string(name) + "'");
  }
  if (!alphabet.has_complement()) {
    throw UsageError("--strand " + std::string(name) + " needs a complement, which the " +
                     alphabet.name() +
                     " alphabet of this model does not have; use --strand forward");
  }
  return name == "reverse" ? Strand::reverse : Strand::both;
}

}  // namespace vio::core

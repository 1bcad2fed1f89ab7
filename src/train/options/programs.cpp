#include <array>

#include "train/options/options.hpp"
#include "vio/train/command_line.hpp"

namespace vio::train {

std::span<const cli::Program> programs() {
  static const std::array all{fit_program(), evaluate_program(), import_program(),
                              describe_program()};
  return all;
}

}  // namespace vio::train

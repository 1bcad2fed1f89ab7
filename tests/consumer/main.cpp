// Scores one sequence with libvio alone: consumer MODEL SEQUENCE ENGINE prints a probability a
// line.
#include <cstdio>
#include <exception>
#include <memory>
#include <string_view>
#include <vector>

#include "vio/engine/registry.hpp"
#include "vio/model/model.hpp"
#include "vio/model/registry.hpp"
#include "vio/window/window.hpp"

namespace {

std::vector<float> score(std::string_view model_name, std::string_view sequence,
                         std::string_view engine_name) {
  const auto model = std::make_shared<const vio::model::Model>(
      vio::model::load_model(vio::model::find_model(model_name)));
  const auto engine = vio::engine::make_engine(engine_name, model, {});

  vio::window::Block block;
  block.codes.resize(sequence.size());
  model->spec.alphabet.encode(sequence, block.codes);
  vio::window::Window window;
  window.block = &block;
  window.end = static_cast<std::int64_t>(sequence.size());
  window.whole = true;

  std::vector<float> probabilities(model->spec.classes.size());
  engine->score({&window, 1}, probabilities);
  return probabilities;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: consumer MODEL SEQUENCE ENGINE\n", stderr);
    return 2;
  }
  try {
    for (const float probability : score(argv[1], argv[2], argv[3])) {
      std::printf("%.6f\n", static_cast<double>(probability));
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "consumer: %s\n", error.what());
    return 1;
  }
}

#include "model_text.hpp"

#include <fmt/format.h>

#include "printable.hpp"
#include "vio/model/registry.hpp"

namespace vio::cli {

std::string list_models_text() {
  std::string out = "#name\twindow\tclasses\tdefault\tdescription\n";
  for (const auto& name : model::list_models()) {
    const auto model = model::load_model(model::find_model(name));
    out +=
        fmt::format("{}\t{}\t{}\t{}\t{}\n", name, model.spec.window, model.spec.classes.size(),
                    name == model::kDefaultModel ? "yes" : "no", printable(model.card.description));
  }
  return out;
}

}  // namespace vio::cli

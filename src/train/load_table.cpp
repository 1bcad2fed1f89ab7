#include "train/files.hpp"
#include "vio/train/table.hpp"

namespace vio::train {

Table load_table(const TableOptions& options) {
  const auto text = read_file(options.path);
  const auto labels = options.labels_path.empty() ? std::string() : read_file(options.labels_path);
  return parse_table(text, labels, options);
}

}  // namespace vio::train

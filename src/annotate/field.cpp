#include "vio/annotate/field.hpp"

namespace vio::annotate {

std::string header_line(const Fields& fields) {
  std::string line = "#";
  for (const auto& field : fields) {
    line += field->header();
    line += '\t';
  }
  line.back() = '\n';
  return line;
}

void append_line(std::string& out, const Fields& fields, const Row& row) {
  for (const auto& field : fields) {
    field->append(out, row);
    out += '\t';
  }
  out.back() = '\n';
}

}  // namespace vio::annotate

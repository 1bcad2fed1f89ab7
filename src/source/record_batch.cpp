#include "vio/source/record_source.hpp"

namespace vio::source {

std::size_t RecordBatch::size() const noexcept {
  const auto* const reads = std::get_if<std::vector<hts::AlignmentRecord>>(&records);
  return reads != nullptr ? reads->size() : std::get_if<std::vector<TableRow>>(&records)->size();
}

void RecordBatch::append_sequence(std::size_t index, std::string& symbols) const {
  if (const auto* const reads = std::get_if<std::vector<hts::AlignmentRecord>>(&records)) {
    (*reads)[index].append_sequence(symbols);
  } else {
    symbols += std::get<std::vector<TableRow>>(records)[index].sequence;
  }
}

}  // namespace vio::source

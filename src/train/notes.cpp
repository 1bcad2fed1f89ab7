#include "train/notes.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace vio::train {

void print_note(std::string_view sentence) {
  fmt::print(stderr, "vio-train: {}\n", sentence);
}

void print_notes(const Table& table, bool quiet) {
  for (const auto& note : table.notes) {
    if (!quiet) {
      print_note(note);
    }
  }
}

}  // namespace vio::train

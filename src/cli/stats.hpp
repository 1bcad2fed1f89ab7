#pragma once

#include <string>

#include "vio/model/model.hpp"
#include "vio/pipeline/run.hpp"

namespace vio::cli {

/// What a finished run was and did.
struct RunFacts {
  std::string command;
  std::string engine;
  std::string device;
  int threads = 1;
  std::string input_format;
  bool variants = false;  ///< the input is VCF or BCF: alleles are what counts
  bool filters = false;   ///< the input is of alignments, which may be filtered
  double total_seconds = 0;
};

/// The stats JSON (docs/cli.md), indented, with a line end.
[[nodiscard]] std::string stats_json(const RunFacts& facts, const model::Model& model,
                                     const pipeline::Summary& summary);

/// One line for people: records, windows, scored, skipped by reason, rate, engine and device.
[[nodiscard]] std::string summary_line(const RunFacts& facts, const pipeline::Summary& summary);

}  // namespace vio::cli

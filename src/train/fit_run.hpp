#pragma once

#include <string>
#include <string_view>

#include "train/fit_data.hpp"
#include "train/fit_record.hpp"
#include "train/interrupt.hpp"
#include "vio/cli/parse.hpp"

namespace vio::train {

/// What fit exits with after an interrupt: this, plus the signal.
inline constexpr int kSignalExitBase = 128;

/// Trains on the parts, looks at the test part once, writes the model and what was measured, and
/// returns the exit code. After an interrupt, what was learnt by then is the model.
[[nodiscard]] int fit_and_save(FitRecord& record, const Parts& parts,
                               const cli::ParsedOptions& options, const InterruptGuard& interrupt);

/// Writes the record as JSON and as a page, and says so after what was `written_before`.
void write_measured(const FitRecord& record, const cli::ParsedOptions& options,
                    std::string_view written_before);

/// fit with --folds.
[[nodiscard]] int cross_validate_command(const cli::ParsedOptions& options,
                                         const std::string& command);

}  // namespace vio::train

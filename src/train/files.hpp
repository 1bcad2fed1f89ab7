#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace vio::train {

/// The whole content of a plain, gzip or bgzip file. Throws core::UsageError, core::InputError.
[[nodiscard]] std::string read_file(const std::string& path);

/// Writes under a temporary name, then renames. Throws core::OutputError.
void write_file(const std::filesystem::path& path, std::string_view text);

/// Writes all of `text` to standard output. Throws core::ClosedPipe where its reader has gone and
/// core::OutputError where it cannot be written.
void write_standard_output(std::string_view text);

}  // namespace vio::train

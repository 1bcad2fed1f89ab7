#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace vio::model {

/// The bytes of a regular file. Throws core::ModelError with a sentence that names the file.
[[nodiscard]] std::string read_file(const std::filesystem::path& file);

/// Writes under a temporary name beside `file`, then renames: `file` is whole or untouched.
/// Throws core::OutputError.
void write_file(const std::filesystem::path& file, std::string_view bytes);

}  // namespace vio::model

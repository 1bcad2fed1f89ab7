#pragma once

#include <stdexcept>
#include <string>

namespace vio::core {

/// Process exit codes, a promise to workflow engines (docs/cli.md).
enum class ExitCode : int {
  ok = 0,
  internal = 1,          ///< a bug, or an output that could not be written
  usage = 2,             ///< wrong options, missing contigs, a bad model: retrying is pointless
  malformed_input = 3,   ///< malformed or truncated input: retrying is pointless
  too_many_skipped = 4,  ///< more was skipped than --max-skipped-frac allows
  device = 104,          ///< device busy or out of memory: a retry may help
};

/// Base of every error that the program explains to its user. `what()` is one whole sentence that
/// names the file, the record and the place, says what was expected, and what to do.
class Error : public std::runtime_error {
 public:
  Error(ExitCode code, const std::string& sentence) : std::runtime_error(sentence), code_(code) {}
  [[nodiscard]] ExitCode code() const noexcept { return code_; }

 private:
  ExitCode code_;
};

/// Wrong options, a missing input file, a contig that is not there.
class UsageError : public Error {
 public:
  explicit UsageError(const std::string& sentence) : Error(ExitCode::usage, sentence) {}
};

/// A model file that cannot be used as it is.
class ModelError : public Error {
 public:
  explicit ModelError(const std::string& sentence) : Error(ExitCode::usage, sentence) {}
};

/// Malformed, truncated or unsorted input.
class InputError : public Error {
 public:
  explicit InputError(const std::string& sentence) : Error(ExitCode::malformed_input, sentence) {}
};

/// An output that could not be written: full disk, no permission.
class OutputError : public Error {
 public:
  explicit OutputError(const std::string& sentence) : Error(ExitCode::internal, sentence) {}
};

/// The reader of standard output has gone (`| head`). Not a failure: the program ends quietly with
/// 0.
class ClosedPipe : public Error {
 public:
  ClosedPipe() : Error(ExitCode::ok, "the reader of standard output has gone") {}
};

/// More windows or alleles were skipped than --max-skipped-frac allows.
class SkippedError : public Error {
 public:
  explicit SkippedError(const std::string& sentence)
      : Error(ExitCode::too_many_skipped, sentence) {}
};

/// A compute device that is busy or out of memory.
class DeviceError : public Error {
 public:
  explicit DeviceError(const std::string& sentence) : Error(ExitCode::device, sentence) {}
};

/// A broken promise of our own, such as accounts that do not balance.
class InternalError : public Error {
 public:
  explicit InternalError(const std::string& sentence) : Error(ExitCode::internal, sentence) {}
};

}  // namespace vio::core

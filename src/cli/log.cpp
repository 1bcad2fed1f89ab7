#include "log.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace vio::cli {

namespace {

spdlog::level::level_enum level_of(Verbosity verbosity) {
  switch (verbosity) {
    case Verbosity::quiet:
      return spdlog::level::err;
    case Verbosity::normal:
      return spdlog::level::info;
    case Verbosity::verbose:
      break;
  }
  return spdlog::level::debug;
}

}  // namespace

std::shared_ptr<spdlog::logger> make_logger(std::string_view program, Verbosity verbosity) {
  auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  auto logger = std::make_shared<spdlog::logger>(std::string(program), std::move(sink));
  logger->set_pattern(fmt::format("{}: %l: %v", program));
  logger->set_level(level_of(verbosity));
  logger->flush_on(spdlog::level::trace);
  return logger;
}

}  // namespace vio::cli

#include "vio/cli/guarded_main.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <new>

#include "vio/core/error.hpp"

namespace vio::cli {

namespace {

int report(std::string_view program, core::ExitCode code, std::string_view sentence) {
  fmt::print(stderr, "{}: error: {}\n", program, sentence);
  return static_cast<int>(code);
}

}  // namespace

int guarded_main(std::string_view program, const std::function<int()>& body) {
  try {
    return body();
  } catch (const core::ClosedPipe&) {
    return static_cast<int>(core::ExitCode::ok);
  } catch (const core::Error& error) {
    return report(program, error.code(), error.what());
  } catch (const std::bad_alloc&) {
    return report(
        program, core::ExitCode::device,
        "out of memory; use fewer threads (-@), a smaller batch (-b) or a smaller window");
  } catch (const std::exception& error) {
    return report(program, core::ExitCode::internal,
                  fmt::format("internal error, please report it: {}", error.what()));
  }
}

}  // namespace vio::cli

#include "vio/cli/annotate.hpp"

#include <fmt/format.h>

#include <memory>

#include "annotate_options.hpp"
#include "log.hpp"
#include "merge_stats.hpp"
#include "model_text.hpp"
#include "record_run.hpp"
#include "run_config.hpp"
#include "run_job.hpp"
#include "sequence_run.hpp"
#include "variant_run.hpp"
#include "versions.hpp"
#include "vio/cli/describe_model.hpp"
#include "vio/cli/guarded_main.hpp"
#include "vio/cli/parse.hpp"
#include "vio/cli/render.hpp"
#include "vio/cli/standard_output.hpp"
#include "vio/core/error.hpp"
#include "vio/hts/input.hpp"
#include "vio/model/registry.hpp"

namespace vio::cli {

namespace {

constexpr std::string_view kProgram = "vio-annotate";

Verbosity verbosity_of(const ParsedOptions& options) {
  if (options.has("quiet")) {
    return Verbosity::quiet;
  }
  return options.has("verbose") ? Verbosity::verbose : Verbosity::normal;
}

std::string command_line(const std::vector<std::string>& arguments) {
  std::string command(kProgram);
  for (const auto& argument : arguments) {
    command.append(" ").append(argument);
  }
  return command;
}

/// Text for options that only print something; empty where a job is to be run.
std::string printed_text(const ParsedOptions& options) {
  const auto& program = annotate_program();
  if (options.has("help")) {
    return help_text(program);
  }
  if (options.has("version")) {
    return version_text();
  }
  if (options.has("man-page")) {
    return man_page(program);
  }
  if (options.has("bash-completion")) {
    return bash_completion(kProgram, {&program, 1});
  }
  return options.has("list-models") ? list_models_text() : std::string();
}

/// What the input is decides what is done with it, so it is opened before all options are judged.
int run_job(const ParsedOptions& options, const std::shared_ptr<const model::Model>& model,
            const std::string& command, spdlog::logger& log) {
  auto common = make_run_config(options, model->spec);
  check_paths_differ(output_paths(common),
                     {common.selection.path, common.selection.regions_file,
                      common.selection.targets_file, options.text("fasta-ref"),
                      options.text("contig-map"), model::find_model(options.text("model"))});
  hts::Input input(common.selection.path);
  if (input.content().kind == hts::Content::Kind::variants) {
    const auto config = make_variant_config(options, std::move(common), model->spec);
    RunJob job(config, model, command, log);
    return run_variant_job(config, std::move(input), command, job);
  }
  if (input.content().kind == hts::Content::Kind::alignments) {
    const auto config = make_record_config(options, std::move(common), InputKind::alignments);
    RunJob job(config, model, command, log);
    return run_alignment_job(config, std::move(input), command, job);
  }
  if (source::looks_like_table(input)) {
    const auto config = make_record_config(options, std::move(common), InputKind::rows);
    RunJob job(config, model, command, log);
    return run_row_job(config, std::move(input), job);
  }
  auto config = make_sequence_config(options, std::move(common));
  RunJob job(config, model, command, log);
  const auto source = source::open_sequences(config.source, std::move(input));
  settle_output(options, config);
  return run_sequence_job(config, *source, job);
}

int annotate_body(const std::vector<std::string>& arguments) {
  const auto options = parse_options(annotate_program(), arguments);
  if (const auto text = printed_text(options); !text.empty()) {
    print_to_stdout(text);
    return 0;
  }
  const auto log = make_logger(kProgram, verbosity_of(options));
  if (options.has("merge-stats")) {
    return merge_stats(options, annotate_program(), command_line(arguments), *log);
  }
  if (options.positional().size() > 1) {
    throw core::UsageError(fmt::format("'{}' is one argument too many; see {} --help",
                                       options.positional()[1], kProgram));
  }
  const auto model = std::make_shared<const model::Model>(
      model::load_model(model::find_model(options.text("model"))));
  if (options.has("describe-model")) {
    print_to_stdout(describe_model(*model));
    return 0;
  }
  return run_job(options, model, command_line(arguments), *log);
}

}  // namespace

int annotate(const std::vector<std::string>& arguments) {
  return guarded_main(kProgram, [&] { return annotate_body(arguments); });
}

}  // namespace vio::cli

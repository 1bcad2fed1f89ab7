#include "variant_header.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "vio/core/version.hpp"
#include "vio/hts/version.hpp"
#include "vio/source/variant_source.hpp"

namespace vio::cli {

namespace {

/// Control bytes, line ends above all, would end a header line.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char symbol) { return static_cast<unsigned char>(symbol) < ' ' || symbol == '\x7f'; },
      ' ');
  return text;
}

std::string quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char symbol : one_line(text)) {
    if (symbol == '"' || symbol == '\\') quoted += '\\';
    quoted += symbol;
  }
  return quoted + '"';
}

}  // namespace

void prepare_header(hts::VariantReader& reader, const source::ContigNames& contigs,
                    const VariantConfig& config, const model::Spec& spec) {
  source::declare_contigs(reader, contigs);
  sink::declare_tags(reader.header(), annotate::variant_fields(spec.classes, true),
                     config.output.tag);
}

hts::VariantHeader output_header(const hts::VariantReader& reader,
                                 const annotate::VariantFields& fields, const VariantConfig& config,
                                 const model::Model& model, const std::string& command) {
  auto header = reader.header().copy();
  sink::declare_tags(header, fields, config.output.tag);
  const auto& tag = config.output.tag;
  header.set_structured("vio-annotateModel", tag,
                        fmt::format("##vio-annotateModel=<ID={},Name={},SHA256={},Window={}>", tag,
                                    quoted(model.card.name), model.sha256, config.window));
  if (config.version_lines) {
    header.append(
        fmt::format("##vio-annotateVersion={}+htslib-{}", core::version(), hts::htslib_version()));
    header.append(fmt::format("##vio-annotateCommand={}", one_line(command)));
  }
  return header;
}

void warn_about_lengths(const hts::VariantReader& reader, const source::ContigNames& contigs,
                        spdlog::logger& log) {
  std::string first;
  int count = 0;
  for (const auto& contig : reader.header().contigs()) {
    const auto* const entry = contigs.find(contig.name);
    if (entry == nullptr || !contig.length || *contig.length == entry->length) continue;
    if (count++ == 0) {
      first = fmt::format("{} has {} positions in the header and {} in the reference", contig.name,
                          *contig.length, entry->length);
    }
  }
  if (count > 0) {
    log.warn("{} contig{} of another length than the header says ({}): is it the right reference?",
             count, count == 1 ? "" : "s", first);
  }
}

}  // namespace vio::cli

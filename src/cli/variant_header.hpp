#pragma once

#include <string>

#include "spdlog/logger.h"
#include "variant_config.hpp"
#include "vio/annotate/variant_field.hpp"
#include "vio/hts/variant_reader.hpp"
#include "vio/model/model.hpp"
#include "vio/source/contig_names.hpp"

namespace vio::cli {

/// Makes the reader's header ready for its first record: the reference's contigs, and every tag
/// that we may write or take away.
void prepare_header(hts::VariantReader& reader, const source::ContigNames& contigs,
                    const VariantConfig& config, const model::Spec& spec);

/// The header that is written: the reader's with the tags of `fields` only, and lines that say what
/// model, and unless --no-version what program and command, wrote it.
[[nodiscard]] hts::VariantHeader output_header(const hts::VariantReader& reader,
                                               const annotate::VariantFields& fields,
                                               const VariantConfig& config,
                                               const model::Model& model,
                                               const std::string& command);

/// Contigs that are longer or shorter in the reference than the header says hint at a wrong one.
void warn_about_lengths(const hts::VariantReader& reader, const source::ContigNames& contigs,
                        spdlog::logger& log);

}  // namespace vio::cli

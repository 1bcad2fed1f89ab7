#include "vio/sink/variant_output.hpp"

#include "bcf_output.hpp"
#include "variant_table_output.hpp"
#include "vcf_output.hpp"
#include "vio/core/error.hpp"

namespace vio::sink {

namespace {

void check_index(const VariantOutputOptions& options) {
  const bool compressed = options.format == VariantFormat::compressed_table ||
                          options.format == VariantFormat::compressed_vcf ||
                          options.format == VariantFormat::bcf ||
                          options.format == VariantFormat::uncompressed_bcf;
  if (options.write_index && (!compressed || options.path == "-")) {
    throw core::UsageError(
        "an index (-W) is of a compressed file: name one that ends in .gz or .bcf with -o, or "
        "leave out -W");
  }
}

}  // namespace

std::unique_ptr<VariantOutput> open_variant_output(
    const VariantOutputOptions& options, const hts::VariantHeader& header,
    std::shared_ptr<const annotate::VariantFields> fields, std::size_t n_classes,
    TemporaryFiles& temporaries) {
  check_index(options);
  switch (options.format) {
    case VariantFormat::table:
    case VariantFormat::compressed_table:
      return std::make_unique<VariantTableOutput>(options, std::move(fields), n_classes,
                                                  temporaries);
    case VariantFormat::vcf:
    case VariantFormat::compressed_vcf:
      return std::make_unique<VcfOutput>(options, header, std::move(fields), n_classes,
                                         temporaries);
    case VariantFormat::bcf:
    case VariantFormat::uncompressed_bcf:
      break;
  }
  return std::make_unique<BcfOutput>(options, header, std::move(fields), n_classes, temporaries);
}

}  // namespace vio::sink

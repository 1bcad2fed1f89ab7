#pragma once

#include <memory>
#include <string>

#include "vio/annotate/scored_variants.hpp"
#include "vio/annotate/variant_field.hpp"
#include "vio/hts/variant_header.hpp"
#include "vio/sink/temporary_files.hpp"

namespace vio::sink {

enum class VariantFormat : std::uint8_t {
  table,             ///< -O t
  compressed_table,  ///< -O t, to a name that ends in .gz
  vcf,               ///< -O v
  compressed_vcf,    ///< -O z
  bcf,               ///< -O b
  uncompressed_bcf,  ///< -O u
};

struct VariantOutputOptions {
  std::string path = "-";
  VariantFormat format = VariantFormat::vcf;
  bool write_index = false;  ///< .tbi (.csi for contigs beyond 2^29) or, for BCF, .csi
  int threads = 1;
  std::string tag = "VIO";  ///< prefix of the INFO tags
};

/// Where annotated variants go. It appears under its name only when it is whole, with its index.
class VariantOutput {
 public:
  VariantOutput() = default;
  VariantOutput(const VariantOutput&) = delete;
  VariantOutput& operator=(const VariantOutput&) = delete;
  virtual ~VariantOutput() = default;

  /// Puts the tags into the batch's records, or its lines into the returned text: all that needs no
  /// other batch. Thread-safe.
  [[nodiscard]] virtual std::string format(annotate::ScoredVariants& batch) const = 0;
  /// Writes what format() made, in input order. With write_index throws core::InputError where
  /// records are not sorted. Throws core::InputError where BCF cannot hold a record, because its
  /// header does not declare what the record uses; core::OutputError; core::ClosedPipe.
  virtual void write(const annotate::ScoredVariants& batch, const std::string& text) = 0;
  /// Hands on what is buffered, so that a reader of a pipe sees it.
  virtual void flush() = 0;
  /// Closes, indexes and gives the final names. Throws core::OutputError.
  virtual void finish() = 0;
};

/// Opens the output and writes its header. `header` declares the tags already (declare_tags).
[[nodiscard]] std::unique_ptr<VariantOutput> open_variant_output(
    const VariantOutputOptions& options, const hts::VariantHeader& header,
    std::shared_ptr<const annotate::VariantFields> fields, std::size_t n_classes,
    TemporaryFiles& temporaries);

/// Takes away every tag that an earlier run declared under this prefix and declares those of
/// `fields`.
void declare_tags(hts::VariantHeader& header, const annotate::VariantFields& fields,
                  const std::string& tag);

}  // namespace vio::sink

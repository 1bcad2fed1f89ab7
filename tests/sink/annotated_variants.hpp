#pragma once

#include <htslib/hts.h>
#include <htslib/vcf.h>

#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "support/scored_variants.hpp"
#include "support/temporary_folder.hpp"
#include "vio/sink/variant_output.hpp"

namespace vio::test {

/// Gives every record of a batch that was read its scores.
using Annotation = std::function<void(annotate::ScoredVariants&)>;

struct OutputOptions {
  std::string path{};
  sink::VariantFormat format = sink::VariantFormat::vcf;
  bool write_index = false;
  int threads = 1;
  std::string tag = "VIO";
  bool all_classes = false;
};

/// One batch on its way into an output, as the pipeline does it: the output's header is a copy of
/// the reader's with the tags declared, made before any record was read.
class Output {
 public:
  Output(const std::string& vcf, const Annotation& annotation)
      : vcf_(vcf), annotation_(annotation) {
    batch_.encoded.batch = read_vcf(vcf);
    annotation(batch_);
  }

  /// Another batch of the same reader, so with the same header.
  [[nodiscard]] Output sibling() const {
    Output other(vcf_, annotation_);
    other.batch_.encoded.batch.header = batch_.encoded.batch.header;
    return other;
  }

  [[nodiscard]] std::unique_ptr<sink::VariantOutput> open(const OutputOptions& options,
                                                          sink::TemporaryFiles& temporaries) const {
    const auto fields = std::make_shared<const annotate::VariantFields>(
        annotate::variant_fields({"no", "y s"}, options.all_classes));
    auto header = parse_header(vcf_)->copy();
    sink::declare_tags(header, *fields, options.tag);
    const sink::VariantOutputOptions opened{.path = options.path,
                                            .format = options.format,
                                            .write_index = options.write_index,
                                            .threads = options.threads,
                                            .tag = options.tag};
    return sink::open_variant_output(opened, header, fields, 2, temporaries);
  }

  [[nodiscard]] annotate::ScoredVariants& batch() noexcept { return batch_; }

 private:
  std::string vcf_;
  Annotation annotation_;
  annotate::ScoredVariants batch_;
};

/// Annotates VCF text and writes it to a file.
inline void write_annotated(const std::string& vcf, const Annotation& annotation,
                            const OutputOptions& options) {
  sink::TemporaryFiles temporaries;
  Output input(vcf, annotation);
  const auto output = input.open(options, temporaries);
  const auto text = output->format(input.batch());
  output->write(input.batch(), text);
  output->flush();
  output->finish();
}

/// What HTSlib reads from a file, as VCF text.
inline std::string read_variants(const std::string& path) {
  const std::unique_ptr<htsFile, int (*)(htsFile*)> file(hts_open(path.c_str(), "r"), hts_close);
  if (!file) throw std::runtime_error("cannot open " + path);
  const hts::VariantHeader header(hts::VariantHeaderHandle(bcf_hdr_read(file.get())));
  auto text = header.text();
  hts::VariantRecord record;
  int result = 0;
  while ((result = bcf_read(file.get(), header.handle(), record.handle())) == 0) {
    record.append_vcf(header, text);
  }
  if (result != -1) throw std::runtime_error("cannot read " + path);
  return text;
}

/// Annotates VCF text, writes it and reads it again.
inline std::string annotated(const std::string& vcf, const Annotation& annotation,
                             OutputOptions options) {
  const TemporaryFolder folder;
  options.path = (folder.path() / "out").string();
  write_annotated(vcf, annotation, options);
  return read_variants(options.path);
}

/// VCF text as HTSlib alone writes it.
inline std::string as_htslib(const std::string& vcf) {
  const auto batch = read_vcf(vcf);
  auto text = parse_header(vcf)->text();
  for (const auto& record : batch.records) record.append_vcf(*batch.header, text);
  return text;
}

inline std::vector<std::string> columns(const std::string& line, char separator = '\t') {
  std::vector<std::string> columns;
  std::istringstream text(line);
  for (std::string column; std::getline(text, column, separator);) columns.push_back(column);
  return columns;
}

inline std::string join(const std::vector<std::string>& parts, const char* separator) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : separator) + part;
  return text;
}

/// VCF text without the tags of a prefix and their declarations, by nothing but its characters.
inline std::string without_tags(const std::string& vcf, const std::string& prefix) {
  std::string rest;
  std::istringstream text(vcf);
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("##INFO=<ID=" + prefix + "_")) continue;
    if (!line.starts_with('#')) {
      auto cells = columns(line);
      auto infos = columns(cells.at(7), ';');
      std::erase_if(infos, [&](const auto& info) { return info.starts_with(prefix + "_"); });
      cells[7] = infos.empty() ? "." : join(infos, ";");
      line = join(cells, "\t");
    }
    rest += line + '\n';
  }
  return rest;
}

}  // namespace vio::test

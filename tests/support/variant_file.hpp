#pragma once

#include <htslib/tbx.h>
#include <htslib/vcf.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "hts/test_files.hpp"
#include "support/variant_text.hpp"
#include "vio/hts/variant_reader.hpp"

namespace vio::test {

/// VCF text of lines as given, under a header that declares `contigs`.
inline std::string variant_text(const std::vector<VariantLine>& lines,
                                const std::vector<hts::ContigLine>& contigs) {
  std::string text =
      "##fileformat=VCFv4.2\n##FILTER=<ID=PASS,Description=\"All filters passed\">\n";
  for (const auto& contig : contigs) {
    text += "##contig=<ID=";
    text += contig.name;
    if (contig.length) text += ",length=" + std::to_string(*contig.length);
    text += ">\n";
  }
  text += "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n";
  std::size_t number = 0;
  for (const auto& line : lines) {
    text += line.contig;
    text += '\t' + std::to_string(line.pos) + "\tv" + std::to_string(number++) + '\t' + line.ref;
    text += '\t' + line.alt + "\t.\t.\t.\n";
  }
  return text;
}

/// The same as BCF, through HTSlib.
inline void write_bcf(const std::string& vcf, const std::string& bcf) {
  struct Close {
    void operator()(htsFile* file) const noexcept { hts_close(file); }
  };
  const std::unique_ptr<htsFile, Close> in(hts_open(vcf.c_str(), "r"));
  const std::unique_ptr<htsFile, Close> out(hts_open(bcf.c_str(), "wb"));
  const hts::VariantHeaderHandle header(bcf_hdr_read(in.get()));
  if (!header || bcf_hdr_write(out.get(), header.get()) != 0) throw std::runtime_error("no header");
  hts::VariantRecord record;
  while (bcf_read(in.get(), header.get(), record.handle()) == 0) {
    if (bcf_write(out.get(), header.get(), record.handle()) != 0) {
      throw std::runtime_error("cannot write BCF");
    }
  }
}

enum class VariantKind { plain, gzip, bgzip, bcf };

/// Writes a file of this kind, with its index where `indexed`, and returns its path.
inline std::string write_variants(const TemporaryFolder& folder, const std::string& text,
                                  VariantKind kind, bool indexed = false) {
  hts::silence_htslib();
  auto plain = write_file(folder.file("x.vcf"), text);
  if (kind == VariantKind::plain) return plain;
  constexpr int kMinShift = 14;
  if (kind == VariantKind::bcf) {
    auto path = folder.file("x.bcf");
    write_bcf(plain, path);
    if (indexed && bcf_index_build(path.c_str(), kMinShift) != 0) {
      throw std::runtime_error("cannot index BCF");
    }
    return path;
  }
  auto path =
      write_file(folder.file("x.vcf.gz"), pack(text, kind == VariantKind::gzip ? "wg" : "w"));
  if (indexed && tbx_index_build(path.c_str(), 0, &tbx_conf_vcf) != 0) {
    throw std::runtime_error("cannot index VCF");
  }
  return path;
}

/// Every record as VCF text.
inline std::vector<std::string> read_all(hts::VariantReader& reader) {
  std::vector<std::string> lines;
  hts::VariantRecord record;
  while (reader.read(record)) record.append_vcf(reader.header(), lines.emplace_back());
  return lines;
}

}  // namespace vio::test

#include "vio/annotate/variant_table.hpp"

#include <fmt/format.h>

#include <iterator>

namespace vio::annotate {

using core::Status;

std::string variant_header_line(const VariantFields& fields) {
  std::string line = "#";
  for (const auto& field : fields) {
    if (const auto columns = field->columns(); !columns.empty()) {
      line += columns;
      line += '\t';
    }
  }
  line.back() = '\n';
  return line;
}

void append_variant_lines(std::string& out, const VariantFields& fields, const VariantRow& row) {
  for (std::size_t alt = 0; alt < row.alts.size(); ++alt) {
    for (const auto& field : fields) {
      const auto before = out.size();
      field->append(out, row, alt);
      if (out.size() > before) {
        out += '\t';
      }
    }
    out.back() = '\n';
  }
}

std::string skipped_variants_header() {
  return "#chrom\tpos\tid\tref\talt\tstatus\treason\n";
}

std::string skipped_variant_lines(const encode::EncodedVariants& batch) {
  std::string lines;
  for (std::size_t i = 0; i < batch.variants.size(); ++i) {
    const auto& variant = batch.variants[i];
    const auto& record = batch.batch.records[i];
    const auto alleles = record.alleles();
    const auto allele = [&](std::size_t index) {
      return index < alleles.size() ? alleles[index] : std::string_view(".");
    };
    for (std::size_t alt = 0; alt < variant.n_alleles; ++alt) {
      const Status status = batch.alleles[variant.first_allele + alt].status;
      if (status != Status::ok) {
        fmt::format_to(std::back_inserter(lines), "{}\t{}\t{}\t{}\t{}\t{}\t{}\n",
                       record.contig(*batch.batch.header), record.position() + 1, record.id(),
                       allele(0), allele(alt + 1), core::status_name(status),
                       core::status_meaning(status));
      }
    }
  }
  return lines;
}

void count_variants(const encode::EncodedVariants& batch, Accounting& accounting) {
  for (const auto& variant : batch.variants) {
    for (std::size_t i = 0; i < variant.n_alleles; ++i) {
      accounting.alleles.add(batch.alleles[variant.first_allele + i].status);
    }
    accounting.records.add(variant.scored ? Status::ok
                                          : batch.alleles[variant.first_allele].status);
  }
  accounting.windows.scored += batch.windows.size();
}

}  // namespace vio::annotate

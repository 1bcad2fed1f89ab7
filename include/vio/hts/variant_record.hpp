#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vio/hts/variant_header.hpp"

struct bcf1_t;

namespace vio::hts {

struct DestroyVariantRecord {
  void operator()(bcf1_t* record) const noexcept;
};
using VariantRecordHandle = std::unique_ptr<bcf1_t, DestroyVariantRecord>;

/// One record of a VCF or BCF, as HTSlib read it: whatever is not changed here is written as it was
/// read. `header` is always the header that the record was read with, or a copy of it. Records are
/// independent of each other; one record is for one thread at a time.
class VariantRecord {
 public:
  VariantRecord();

  [[nodiscard]] std::string_view contig(const VariantHeader& header) const;
  /// 0-based position of the first REF base; -1 for VCF's position 0, a telomere.
  [[nodiscard]] std::int64_t position() const noexcept;
  /// As HTSlib knows it: the length of REF, or up to INFO/END.
  [[nodiscard]] std::int64_t reference_length() const noexcept;
  /// `.` where there is none.
  [[nodiscard]] std::string_view id() const;
  /// REF first, then every ALT; empty where even REF is missing. Views live as long as the record.
  [[nodiscard]] std::vector<std::string_view> alleles() const;
  /// REF and every ALT.
  [[nodiscard]] std::size_t n_alleles() const noexcept;
  /// Bytes that the record holds, roughly.
  [[nodiscard]] std::size_t bytes() const noexcept;

  /// Where the record uses a contig, FILTER, INFO or FORMAT that the header does not declare: BCF
  /// cannot hold it.
  [[nodiscard]] bool is_undeclared() const noexcept;

  // INFO. Throws core::InternalError where HTSlib refuses.
  void set_info(const VariantHeader& header, const std::string& tag, const std::string& text);
  /// Nothing prints as `.`.
  void set_info(const VariantHeader& header, const std::string& tag,
                std::span<const std::optional<float>> values);
  void remove_info(const VariantHeader& header, const std::string& tag);

  /// The record as a line of VCF, with its line end. Throws core::InputError where HTSlib cannot
  /// write it.
  void append_vcf(const VariantHeader& header, std::string& out) const;

  [[nodiscard]] bcf1_t* handle() const noexcept { return handle_.get(); }

 private:
  VariantRecordHandle handle_;
};

/// `contig:position` (1-based), for messages.
[[nodiscard]] std::string place_of(const VariantHeader& header, const VariantRecord& record);

}  // namespace vio::hts

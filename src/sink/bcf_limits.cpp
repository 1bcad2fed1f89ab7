#include "bcf_limits.hpp"

#include <fmt/format.h>
#include <htslib/vcf.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <new>
#include <span>

#include "vio/core/error.hpp"

namespace vio::sink {

namespace {

/// Two headers between which records move.
struct Headers {
  const bcf_hdr_t* read;
  const bcf_hdr_t* written;

  [[nodiscard]] bool agree(int dictionary, int number) const {
    if (number < 0 || number >= written->n[dictionary] || number >= read->n[dictionary]) {
      return false;
    }
    const char* const was = read->id[dictionary][number].key;
    const char* const is = written->id[dictionary][number].key;
    return was != nullptr && is != nullptr && std::strcmp(was, is) == 0;
  }
  [[nodiscard]] bool declares_contig(int number) const {
    return agree(BCF_DT_CTG, number) && written->id[BCF_DT_CTG][number].val->hrec[0] != nullptr;
  }
  [[nodiscard]] bool declares(int kind, int number) const {
    return agree(BCF_DT_ID, number) && bcf_hdr_idinfo_exists(written, kind, number);
  }
};

bool is_declared(const Headers& headers, const bcf1_t& record) {
  if (!headers.declares_contig(record.rid)) {
    return false;
  }
  for (int i = 0; i < record.d.n_flt; ++i) {
    if (!headers.declares(BCF_HL_FLT, record.d.flt[i])) {
      return false;
    }
  }
  for (std::uint32_t i = 0; i < record.n_info; ++i) {
    const auto& info = record.d.info[i];
    const bool is_removed = info.vptr == nullptr;
    if (!is_removed && !headers.declares(BCF_HL_INFO, info.key)) {
      return false;
    }
  }
  for (std::uint32_t i = 0; i < record.n_fmt; ++i) {
    if (!headers.declares(BCF_HL_FMT, record.d.fmt[i].id)) {
      return false;
    }
  }
  return true;
}

/// HTSlib holds such numbers, but BCF has no place for them.
bool is_beyond_32_bits(const bcf1_t& record) {
  constexpr hts_pos_t kLargest = std::numeric_limits<std::int32_t>::max();
  const std::span infos(record.d.info, record.n_info);
  return record.pos > kLargest || record.rlen > kLargest ||
         std::ranges::any_of(infos, [](const bcf_info_t& info) {
           return info.vptr != nullptr && info.type == BCF_BT_INT64;
         });
}

}  // namespace

void mark_undeclared(const hts::VariantHeader& read, const hts::VariantHeader& written,
                     hts::VariantRecord& record) {
  auto* const handle = record.handle();
  if (bcf_unpack(handle, BCF_UN_ALL) < 0) {
    throw std::bad_alloc();
  }
  if (is_declared({read.handle(), written.handle()}, *handle)) {
    // What HTSlib missed may have been one of our old tags, which have gone.
    handle->errcode &= ~(BCF_ERR_TAG_UNDEF | BCF_ERR_CTG_UNDEF);
  } else {
    handle->errcode |= BCF_ERR_TAG_UNDEF;
  }
}

void check_bcf_can_hold(const hts::VariantHeader& read, const hts::VariantRecord& record,
                        const OutputTarget& target) {
  const auto refuse = [&](const char* reason) {
    throw core::InputError(fmt::format("cannot write the record at {} to {}: {}",
                                       hts::place_of(read, record), target.display_name(), reason));
  };
  const auto& handle = *record.handle();
  if (record.is_undeclared()) {
    refuse(
        "it uses a contig, FILTER, INFO or FORMAT tag that the header does not declare, which "
        "BCF cannot hold; write VCF (-O v or -O z), or add the declaration to the input's "
        "header (bcftools reheader)");
  }
  if (is_beyond_32_bits(handle) || handle.errcode != 0) {
    refuse("it has a position or a number beyond what BCF can hold; write VCF (-O v or -O z)");
  }
  if (static_cast<int>(handle.n_sample) != bcf_hdr_nsamples(read.handle())) {
    refuse("its number of samples is not the header's; correct the step that wrote it");
  }
}

}  // namespace vio::sink

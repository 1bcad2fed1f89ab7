#include "vio/hts/alignment_record.hpp"

#include <htslib/sam.h>

#include <array>
#include <limits>
#include <new>
#include <stdexcept>

namespace vio::hts {

namespace {

constexpr std::string_view kForward = "NACMGRSVTWYHKDBN";  // by HTSlib's 4-bit code
constexpr std::string_view kReverse = "NTGKCYSBAWRDMHVN";

void check(int result) {
  if (result != 0) throw std::bad_alloc();
}

int size_of(std::size_t size) {
  if (size > std::numeric_limits<int>::max()) throw std::bad_alloc();
  return static_cast<int>(size);
}

}  // namespace

void DestroyAlignmentHeader::operator()(sam_hdr_t* header) const noexcept {
  sam_hdr_destroy(header);
}

void DestroyAlignmentRecord::operator()(bam1_t* record) const noexcept {
  bam_destroy1(record);
}

AlignmentRecord::AlignmentRecord() : handle_(bam_init1()) {
  if (!handle_) throw std::bad_alloc();
}

std::string_view AlignmentRecord::name() const noexcept {
  return bam_get_qname(handle_);
}

std::uint16_t AlignmentRecord::flag() const noexcept {
  return handle_->core.flag;
}

std::string_view AlignmentRecord::contig(const sam_hdr_t& header) const noexcept {
  const char* const name =
      handle_->core.tid < 0 ? nullptr : sam_hdr_tid2name(&header, handle_->core.tid);
  return name == nullptr ? "*" : name;
}

int AlignmentRecord::contig_id() const noexcept {
  return handle_->core.tid;
}

std::int64_t AlignmentRecord::position() const noexcept {
  return handle_->core.pos;
}

std::int64_t AlignmentRecord::end() const noexcept {
  return bam_endpos(handle_.get());
}

int AlignmentRecord::mapping_quality() const noexcept {
  return handle_->core.qual;
}

std::int64_t AlignmentRecord::length() const noexcept {
  return handle_->core.l_qseq;
}

std::size_t AlignmentRecord::bytes() const noexcept {
  return sizeof(bam1_t) + handle_->m_data;
}

void AlignmentRecord::append_sequence(std::string& symbols) const {
  const auto length = static_cast<std::size_t>(handle_->core.l_qseq);
  const auto* const packed = bam_get_seq(handle_);
  const auto old_size = symbols.size();
  symbols.resize(old_size + length);
  char* const out = symbols.data() + old_size;
  const bool reverse = bam_is_rev(handle_);
  for (std::size_t i = 0; i < length; ++i) {
    const auto code = static_cast<std::size_t>(bam_seqi(packed, i));
    out[reverse ? length - 1 - i : i] = (reverse ? kReverse : kForward)[code];
  }
}

void AlignmentRecord::set_tag(std::string_view tag, const std::string& text) {
  remove_tag(tag);
  check(bam_aux_append(handle_.get(), tag.data(), 'Z', size_of(text.size() + 1),
                       reinterpret_cast<const std::uint8_t*>(text.c_str())));
}

void AlignmentRecord::set_tag(std::string_view tag, float value) {
  remove_tag(tag);
  check(bam_aux_update_float(handle_.get(), tag.data(), value));
}

void AlignmentRecord::set_tag(std::string_view tag, std::span<const float> values) {
  remove_tag(tag);
  // HTSlib copies the values, although it does not say so.
  auto* const data = const_cast<float*>(values.data());
  check(bam_aux_update_array(handle_.get(), tag.data(), 'f',
                             static_cast<std::uint32_t>(size_of(values.size())), data));
}

void AlignmentRecord::remove_tag(std::string_view tag) {
  while (auto* const found = bam_aux_get(handle_.get(), tag.data())) {
    if (bam_aux_del(handle_.get(), found) != 0) break;
  }
}

}  // namespace vio::hts

#include "vio/hts/variant_record.hpp"

#include <fmt/format.h>
#include <htslib/vcf.h>

#include <new>

#include "hts/kstring.hpp"
#include "vio/core/error.hpp"

namespace vio::hts {

namespace {

/// Every handle is ours alone, so that unpacking, which fills caches within it, is no change.
void unpack_alleles(bcf1_t* record) {
  if (bcf_unpack(record, BCF_UN_STR) < 0) throw std::bad_alloc();
}

void check(int result, const std::string& tag, const VariantHeader& header,
           const VariantRecord& record) {
  if (result >= 0) return;
  throw core::InternalError(fmt::format("HTSlib refuses the tag {} at {}; please report this.", tag,
                                        place_of(header, record)));
}

}  // namespace

void DestroyVariantRecord::operator()(bcf1_t* record) const noexcept {
  bcf_destroy(record);
}

VariantRecord::VariantRecord() : handle_(bcf_init()) {
  if (!handle_) throw std::bad_alloc();
}

std::string_view VariantRecord::contig(const VariantHeader& header) const {
  const char* const name = bcf_seqname(header.handle(), handle_.get());
  return name == nullptr ? std::string_view() : name;
}

std::int64_t VariantRecord::position() const noexcept {
  return handle_->pos;
}

std::int64_t VariantRecord::reference_length() const noexcept {
  return handle_->rlen;
}

std::string_view VariantRecord::id() const {
  unpack_alleles(handle_.get());
  return handle_->d.id == nullptr || *handle_->d.id == '\0' ? "." : handle_->d.id;
}

std::vector<std::string_view> VariantRecord::alleles() const {
  unpack_alleles(handle_.get());
  return {handle_->d.allele, handle_->d.allele + handle_->n_allele};
}

std::size_t VariantRecord::n_alleles() const noexcept {
  return handle_->n_allele;
}

std::size_t VariantRecord::bytes() const noexcept {
  return sizeof(bcf1_t) + handle_->shared.l + handle_->indiv.l;
}

bool VariantRecord::is_undeclared() const noexcept {
  return (handle_->errcode & ~BCF_ERR_LIMITS) != 0;
}

void VariantRecord::set_info(const VariantHeader& header, const std::string& tag,
                             const std::string& text) {
  check(bcf_update_info_string(header.handle(), handle_.get(), tag.c_str(), text.c_str()), tag,
        header, *this);
}

void VariantRecord::set_info(const VariantHeader& header, const std::string& tag,
                             std::span<const std::optional<float>> values) {
  std::vector<float> numbers;
  numbers.reserve(values.size());
  for (const auto& value : values) {
    float number = value.value_or(0);
    if (!value) bcf_float_set_missing(number);
    numbers.push_back(number);
  }
  check(bcf_update_info_float(header.handle(), handle_.get(), tag.c_str(), numbers.data(),
                              static_cast<int>(numbers.size())),
        tag, header, *this);
}

void VariantRecord::remove_info(const VariantHeader& header, const std::string& tag) {
  if (bcf_get_info(header.handle(), handle_.get(), tag.c_str()) == nullptr) return;
  check(bcf_update_info(header.handle(), handle_.get(), tag.c_str(), nullptr, 0, BCF_HT_STR), tag,
        header, *this);
}

void VariantRecord::append_vcf(const VariantHeader& header, std::string& out) const {
  if (bcf_hdr_nsamples(header.handle()) != static_cast<int>(handle_->n_sample)) {
    throw core::InputError(fmt::format(
        "The record at {} has {} samples, but the header has {}; correct the step that wrote it.",
        place_of(header, *this), static_cast<int>(handle_->n_sample),
        bcf_hdr_nsamples(header.handle())));
  }
  thread_local KString line;  // its memory is used again for the next record
  line.get()->l = 0;
  if (vcf_format(header.handle(), handle_.get(), line.get()) != 0) {
    throw core::InputError(fmt::format(
        "The record at {} cannot be written as VCF: its fields contradict each other; correct the "
        "step that wrote it.",
        place_of(header, *this)));
  }
  out += line.view();
}

std::string place_of(const VariantHeader& header, const VariantRecord& record) {
  return fmt::format("{}:{}", record.contig(header), record.position() + 1);
}

}  // namespace vio::hts

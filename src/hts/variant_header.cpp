#include "vio/hts/variant_header.hpp"

#include <fmt/format.h>
#include <htslib/vcf.h>

#include <charconv>
#include <new>

#include "hts/kstring.hpp"
#include "vio/core/error.hpp"

namespace vio::hts {

namespace {

std::string_view value_of(bcf_hrec_t& line, const char* key) {
  const int at = bcf_hrec_find_key(&line, key);
  return at < 0 || line.vals[at] == nullptr ? std::string_view() : line.vals[at];
}

std::optional<std::int64_t> parse_length(std::string_view text) {
  std::int64_t length = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  const bool whole = error == std::errc() && stop == text.data() + text.size() && length > 0;
  return whole ? std::optional(length) : std::nullopt;
}

std::string quoted(std::string_view text) {
  std::string quoted;
  for (const char symbol : text) {
    if (symbol == '"' || symbol == '\\') quoted += '\\';
    quoted += symbol;
  }
  return quoted;
}

std::string text_of(const bcf_hrec_t& line) {
  KString text;
  if (bcf_hrec_format(&line, text.get()) < 0) throw std::bad_alloc();
  auto written = std::string(text.view());
  while (written.ends_with('\n')) written.pop_back();
  return written;
}

}  // namespace

void DestroyVariantHeader::operator()(bcf_hdr_t* header) const noexcept {
  bcf_hdr_destroy(header);
}

std::vector<ContigLine> VariantHeader::contigs() const {
  std::vector<ContigLine> contigs;
  for (int i = 0; i < handle_->nhrec; ++i) {
    auto& line = *handle_->hrec[i];
    if (line.type != BCF_HL_CTG) continue;
    contigs.push_back({std::string(value_of(line, "ID")), parse_length(value_of(line, "length"))});
  }
  return contigs;
}

bool VariantHeader::has_contig(std::string_view name) const {
  return bcf_hdr_name2id(handle_.get(), std::string(name).c_str()) >= 0;
}

void VariantHeader::add_contig(const ContigLine& contig) {
  append(contig.length ? fmt::format("##contig=<ID={},length={}>", contig.name, *contig.length)
                       : fmt::format("##contig=<ID={}>", contig.name));
}

void VariantHeader::set_info(const InfoLine& info) {
  remove_info(info.id);
  append(fmt::format("##INFO=<ID={},Number={},Type={},Description=\"{}\">", info.id, info.number,
                     info.type, quoted(info.description)));
}

void VariantHeader::remove_info(const std::string& id) {
  bcf_hdr_remove(handle_.get(), BCF_HL_INFO, id.c_str());
  sync();
}

void VariantHeader::set_structured(const std::string& key, const std::string& id,
                                   const std::string& line) {
  // HTSlib removes by id alone, whatever the key: lines of other keys are put back.
  std::vector<std::string> others;
  for (int i = 0; i < handle_->nhrec; ++i) {
    auto& old = *handle_->hrec[i];
    if (old.type == BCF_HL_STR && key != old.key && value_of(old, "ID") == id) {
      others.push_back(text_of(old));
    }
  }
  bcf_hdr_remove(handle_.get(), BCF_HL_STR, id.c_str());
  for (const auto& other : others) append(other);
  append(line);
}

void VariantHeader::append(const std::string& line) {
  if (bcf_hdr_append(handle_.get(), line.c_str()) < 0) {
    throw core::InternalError(
        fmt::format("HTSlib refuses the header line `{}`; please report this.", line));
  }
  sync();
}

VariantHeader VariantHeader::copy() const {
  VariantHeader copied(VariantHeaderHandle(bcf_hdr_dup(handle_.get())));
  if (!copied.handle_) {
    throw core::InternalError("HTSlib cannot copy a header; please report this.");
  }
  return copied;
}

std::size_t VariantHeader::dictionary_size() const noexcept {
  return static_cast<std::size_t>(handle_->n[BCF_DT_ID]) +
         static_cast<std::size_t>(handle_->n[BCF_DT_CTG]) +
         static_cast<std::size_t>(handle_->nhrec);
}

std::string VariantHeader::text() const {
  KString text;
  if (bcf_hdr_format(handle_.get(), 0, text.get()) < 0) {
    throw core::InternalError("HTSlib cannot write a header; please report this.");
  }
  return std::string(text.view());
}

void VariantHeader::sync() {
  if (bcf_hdr_sync(handle_.get()) < 0) throw std::bad_alloc();
}

}  // namespace vio::hts

#include "vio/annotate/contig_tracks.hpp"

#include <algorithm>

namespace vio::annotate {

void TrackBin::add(Millionths value) noexcept {
  ++count;
  sum += value;
  maximum = std::max(maximum, value);
}

void TrackBin::merge(const TrackBin& other) noexcept {
  count += other.count;
  sum += other.sum;
  maximum = std::max(maximum, other.maximum);
}

void ContigTrack::widen() {
  const auto half = (bins.size() + 1) / 2;
  for (std::size_t i = 0; i < half; ++i) {
    auto bin = bins[2 * i];
    if (2 * i + 1 < bins.size()) bin.merge(bins[2 * i + 1]);
    bins[i] = bin;
  }
  bins.resize(half);
  bin_width *= 2;
}

void ContigTrack::add(std::int64_t begin, std::int64_t end, Millionths value) {
  begin = std::max<std::int64_t>(begin, 0);
  while (begin / bin_width >= static_cast<std::int64_t>(kMostBins)) widen();
  const auto bin = static_cast<std::size_t>(begin / bin_width);
  if (bin >= bins.size()) bins.resize(bin + 1);
  bins[bin].add(value);
  length = std::max({length, end, begin + 1});
}

void ContigTrack::merge(ContigTrack other) {
  while (bin_width < other.bin_width) widen();
  while (other.bin_width < bin_width) other.widen();
  if (bins.size() < other.bins.size()) bins.resize(other.bins.size());
  for (std::size_t i = 0; i < other.bins.size(); ++i) bins[i].merge(other.bins[i]);
  length = std::max(length, other.length);
}

ContigTrack* ContigTracks::find(std::string_view contig) {
  if (last_ < tracks_.size() && tracks_[last_].contig == contig) return &tracks_[last_];
  const auto found = std::ranges::find(tracks_, contig, &ContigTrack::contig);
  if (found == tracks_.end() && tracks_.size() == kMostContigs) return nullptr;
  last_ = static_cast<std::size_t>(found - tracks_.begin());
  if (found == tracks_.end()) {
    tracks_.emplace_back();
    tracks_.back().contig = contig;
    tracks_.back().bin_width = least_bin_width_;
  }
  return &tracks_[last_];
}

void ContigTracks::add(std::string_view contig, std::int64_t begin, std::int64_t end,
                       Millionths value) {
  if (auto* const track = find(contig)) {
    track->add(begin, end, value);
  } else {
    others_.add(value);
  }
}

void ContigTracks::merge(const ContigTracks& other) {
  for (const auto& track : other.tracks_) {
    if (auto* const own = find(track.contig)) {
      own->merge(track);
    } else {
      for (const auto& bin : track.bins) others_.merge(bin);
    }
  }
  others_.merge(other.others_);
}

}  // namespace vio::annotate

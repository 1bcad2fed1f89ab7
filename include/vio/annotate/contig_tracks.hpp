#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vio/annotate/probability.hpp"

namespace vio::annotate {

/// What lies in one stretch of a contig.
struct TrackBin {
  std::uint64_t count = 0;
  std::int64_t sum = 0;    ///< of values, millionths
  Millionths maximum = 0;  ///< of values, which are not negative

  void add(Millionths value) noexcept;
  void merge(const TrackBin& other) noexcept;

  bool operator==(const TrackBin&) const = default;
};

/// Values along one contig, in at most kMostBins bins: bin i holds [i * bin_width, (i + 1) *
/// bin_width), 0-based. The width is the least power of two, from the first one
/// on, that suffices, so that it depends on the farthest position, not on the order of values.
struct ContigTrack {
  static constexpr std::size_t kMostBins = 128;

  std::string contig;
  std::int64_t length = 0;     ///< end of the farthest value's interval
  std::int64_t bin_width = 1;  ///< a power of two
  std::vector<TrackBin> bins;  ///< up to the last that holds a value

  /// A value that begins at `begin` (0-based) and whose window, read or allele reaches to `end`.
  void add(std::int64_t begin, std::int64_t end, Millionths value);
  void merge(ContigTrack other);

  bool operator==(const ContigTrack&) const = default;

 private:
  void widen();
};

/// Tracks of the first kMostContigs contigs in the order in which they come; all others in one sum.
/// So memory is bounded, whatever the input.
class ContigTracks {
 public:
  static constexpr std::size_t kMostContigs = 50;

  /// `least_bin_width`, a power of two, is where every track begins: with the distance of windows,
  /// no bin between two of them is empty.
  explicit ContigTracks(std::int64_t least_bin_width = 1) : least_bin_width_(least_bin_width) {}
  ContigTracks(std::vector<ContigTrack> tracks, TrackBin others)
      : tracks_(std::move(tracks)), others_(others) {}

  void add(std::string_view contig, std::int64_t begin, std::int64_t end, Millionths value);
  /// `other` comes after this in the input: what one run over both would have, but that a contig
  /// which comes back after kMostContigs others may count among them.
  void merge(const ContigTracks& other);

  [[nodiscard]] const std::vector<ContigTrack>& tracks() const noexcept { return tracks_; }
  [[nodiscard]] const TrackBin& others() const noexcept { return others_; }

  bool operator==(const ContigTracks& other) const {
    return tracks_ == other.tracks_ && others_ == other.others_;
  }

 private:
  /// The contig's track, a new one where there is room; null where there is none.
  [[nodiscard]] ContigTrack* find(std::string_view contig);

  std::vector<ContigTrack> tracks_;
  TrackBin others_;
  std::int64_t least_bin_width_ = 1;
  std::size_t last_ = 0;  // where the last value went: neighbours share their contig
};

}  // namespace vio::annotate

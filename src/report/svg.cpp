#include "report/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace vio::report {

namespace {

constexpr std::size_t kColours = 8;  // as many as the page's style has

/// Hundredths are finer than any screen.
std::string coordinate(double value) {
  if (!std::isfinite(value)) {
    throw std::invalid_argument("a chart was given a number that is not finite");
  }
  auto text = fmt::format("{:.2f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string attributes_of(const Mark& mark) {
  auto text = mark.style.empty() ? std::string() : fmt::format(" class=\"{}\"", mark.style);
  if (mark.number) text += data_attributes(*mark.number);
  if (mark.opacity) text += fmt::format(" fill-opacity=\"{}\"", coordinate(*mark.opacity));
  return text;
}

std::string closed(std::string_view name, const Mark& mark) {
  return mark.tooltip.empty()
             ? "/>\n"
             : fmt::format("><title>{}</title></{}>\n", escaped(mark.tooltip), name);
}

std::string_view anchor_name(Anchor anchor) {
  switch (anchor) {
    case Anchor::start:
      return "start";
    case Anchor::middle:
      return "middle";
    case Anchor::end:
      break;
  }
  return "end";
}

bool continues_letter(char byte) {
  constexpr unsigned kMask = 0xc0;
  constexpr unsigned kContinuation = 0x80;
  return (static_cast<unsigned char>(byte) & kMask) == kContinuation;
}

/// Width of the letter that starts with `byte`: that of the widest usual font, in its size.
double letter_width(char byte) {
  constexpr double kFontSize = 13;
  constexpr std::string_view kNarrow = "fijlrt .,:;'!|()[]/-";
  constexpr std::string_view kWide = "mwMW@%";
  constexpr double kNarrowest = 0.42;
  constexpr double kSmall = 0.64;
  constexpr double kCapital = 0.79;
  const auto code = static_cast<unsigned char>(byte);
  constexpr unsigned kAscii = 0x80;
  double width = kSmall;
  if (code >= kAscii || kWide.find(byte) != std::string_view::npos) {
    width = 1;
  } else if (kNarrow.find(byte) != std::string_view::npos) {
    width = kNarrowest;
  } else if (byte >= 'A' && byte <= 'Z') {
    width = kCapital;
  }
  return width * kFontSize;
}

/// The letters from the first on that take no more than `width`, one at least.
std::string_view beginning(std::string_view text, double width) {
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    if (continues_letter(text[end])) continue;
    width -= letter_width(text[end]);
    if (width < 0 && end > 0) break;
  }
  return text.substr(0, end);
}

/// What stands in a <text>: all of it, or what fits with the whole as its tooltip.
std::string fitted(std::string_view text, double width) {
  if (text_width(text) <= width) return escaped(text);
  constexpr std::string_view kEllipsis = "…";
  return fmt::format("<title>{}</title>{}{}", escaped(text),
                     escaped(beginning(text, width - text_width(kEllipsis))), kEllipsis);
}

}  // namespace

Svg::Svg(double height, const ChartText& text)
    : out_(fmt::format(
          "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {} {}\" "
          "aria-label=\"{}\">\n<desc>{}</desc>\n",
          kChartWidth, coordinate(height), escaped(text.title), escaped(text.description))) {}

void Svg::rect(double x, double y, double width, double height, const Mark& mark) {
  out_ += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}{}", coordinate(x),
                      coordinate(y), coordinate(width), coordinate(height), attributes_of(mark),
                      closed("rect", mark));
}

void Svg::circle(double x, double y, double radius, const Mark& mark) {
  out_ += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}{}", coordinate(x), coordinate(y),
                      coordinate(radius), attributes_of(mark), closed("circle", mark));
}

void Svg::line(double x1, double y1, double x2, double y2, std::string_view style) {
  out_ += fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" class=\"{}\"/>\n",
                      coordinate(x1), coordinate(y1), coordinate(x2), coordinate(y2), style);
}

void Svg::path(const std::vector<Point>& points, const Mark& mark) {
  std::string steps;
  for (const auto& point : points) {
    steps +=
        fmt::format("{}{} {}", steps.empty() ? "M" : "L", coordinate(point.x), coordinate(point.y));
  }
  out_ += fmt::format("<path d=\"{}\"{}{}", steps, attributes_of(mark), closed("path", mark));
}

void Svg::text(double x, double y, std::string_view text, Anchor anchor, std::string_view style) {
  const auto css = style.empty() ? std::string() : fmt::format(" class=\"{}\"", style);
  out_ += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"{}\"{}>{}</text>\n", coordinate(x),
                      coordinate(y), anchor_name(anchor), css, escaped(text));
}

void Svg::label(double x, double y, std::string_view text, double width, Anchor anchor) {
  out_ += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>\n", coordinate(x),
                      coordinate(y), anchor_name(anchor), fitted(text, width));
}

void Svg::label_upwards(double x, double y, std::string_view text, double width, Anchor anchor) {
  out_ +=
      fmt::format("<text transform=\"translate({} {}) rotate(-90)\" text-anchor=\"{}\">{}</text>\n",
                  coordinate(x), coordinate(y), anchor_name(anchor), fitted(text, width));
}

void Svg::begin_group(std::string_view attributes) {
  out_ += fmt::format("<g{}>\n", attributes);
}

void Svg::end_group() {
  out_ += "</g>\n";
}

std::string Svg::finish() {
  out_ += "</svg>\n";
  return std::move(out_);
}

std::string no_data(const ChartText& text) {
  constexpr double kHeight = 60;
  Svg svg(kHeight, text);
  svg.text(kChartWidth / 2, kHeight / 2, "No data", Anchor::middle, "quiet");
  return svg.finish();
}

std::string series_style(std::size_t index) {
  const auto shade = index / kColours % 2 == 0 ? "" : " pale";
  return fmt::format("c{}{}", index % kColours, shade);
}

double text_width(std::string_view text) {
  double width = 0;
  for (const char byte : text) {
    if (!continues_letter(byte)) width += letter_width(byte);
  }
  return width;
}

}  // namespace vio::report

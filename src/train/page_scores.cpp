#include <fmt/format.h>

#include <array>

#include "train/page_parts.hpp"

namespace vio::train {

namespace {

constexpr std::array<std::pair<const char*, const char*>, 7> kScores{
    {{"accuracy", "accuracy"},
     {"balanced_accuracy", "balanced accuracy"},
     {"macro_f1", "macro F1"},
     {"mcc", "Matthews correlation (MCC)"},
     {"auc", "AUC, one class against the rest, mean"},
     {"log_loss", "log-loss, nats"},
     {"expected_calibration_error", "calibration error (ECE)"}}};

/// Value and both ends of its interval.
std::vector<report::Cell> score_cells(const RecordPart& score) {
  const auto interval = score.at("interval_95");
  return {score.at("value").cell(kDecimals), interval.at(0).cell(kDecimals),
          interval.at(1).cell(kDecimals)};
}

void append(std::vector<report::Cell>& row, std::vector<report::Cell> more) {
  row.insert(row.end(), more.begin(), more.end());
}

/// Null where a bar can't stand for it.
std::optional<report::Bar> score_bar(const std::string& label, const RecordPart& score) {
  const auto interval = score.at("interval_95").interval();
  if (!score.at("value").is_number() || score.at("value").value() < 0 ||
      (interval && interval->low < 0)) {
    return std::nullopt;
  }
  return report::Bar{
      .label = label, .number = score.at("value").number(kDecimals), .interval = interval};
}

/// The model and its baselines by one score; nothing where one of them is below 0.
void add_bars(report::Page& page, const RecordPart& test, const std::string& key,
              const std::string& name) {
  std::vector<report::Bar> bars;
  const auto add = [&](const std::string& label, const RecordPart& of) {
    if (auto bar = score_bar(label, of.at(key))) {
      bars.push_back(std::move(*bar));
    }
  };
  add("this model", test);
  const auto baselines = test.at("baselines");
  for (std::size_t i = 0; i < baselines.size(); ++i) {
    add(baselines.at(i).at("name").text(), baselines.at(i));
  }
  if (bars.size() == baselines.size() + 1) {
    page.figure({.caption = fmt::format("{}, with 95 % intervals", name),
                 .svg = report::bar_chart({.text = {.title = name + " of the model and baselines"},
                                           .bars = std::move(bars),
                                           .maximum = 1.0}),
                 .data = {}});
  }
}

report::Table baseline_table(const RecordPart& baselines) {
  report::Table table{.caption = "Baselines, and by how much this model is better on the same rows",
                      .columns = {"baseline", "accuracy", "macro F1", "MCC",
                                  "MCC of the model higher by", "from", "to", "verdict"},
                      .rows = {}};
  for (std::size_t i = 0; i < baselines.size(); ++i) {
    const auto baseline = baselines.at(i);
    std::vector<report::Cell> row{baseline.at("name").text()};
    for (const auto* score : {"accuracy", "macro_f1", "mcc"}) {
      row.push_back(baseline.at(score).at("value").cell(kDecimals));
    }
    append(row, score_cells(baseline.at("model_minus_baseline").at("mcc")));
    row.emplace_back(baseline.at("verdict").text());
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// What each baseline is, in its own words.
void add_descriptions(report::Page& page, const RecordPart& baselines) {
  report::Table table{.caption = "What the baselines are",
                      .columns = {"baseline", "what it is", "seconds"},
                      .rows = {}};
  for (std::size_t i = 0; i < baselines.size(); ++i) {
    const auto baseline = baselines.at(i);
    table.rows.push_back({baseline.at("name").text(), baseline.at("description").text(),
                          baseline.at("seconds").cell(2)});
  }
  page.table(table);
}

}  // namespace

void add_scores(report::Page& page, const RecordPart& test) {
  page.section("Scores");
  report::Table table{.caption = "On the test rows, with 95 % bootstrap intervals",
                      .columns = {"score", "value", "from", "to"},
                      .rows = {}};
  for (const auto& [key, name] : kScores) {
    std::vector<report::Cell> row{std::string(name)};
    append(row, score_cells(test.at(key)));
    table.rows.push_back(std::move(row));
  }
  page.facts({{"test rows", test.at("rows").number()},
              {"bootstrap resamples", test.at("bootstrap_resamples").number()}});
  page.table(table);
}

void add_baselines(report::Page& page, const RecordPart& test) {
  page.section("Baselines");
  if (!test.has("baselines")) {
    page.paragraph(
        "No baselines were measured: they learn from the training rows, which were not known.");
    return;
  }
  const auto baselines = test.at("baselines");
  std::string unbeaten;
  for (std::size_t i = 0; i < baselines.size(); ++i) {
    if (baselines.at(i).at("verdict").text() != "beaten") {
      unbeaten += (unbeaten.empty() ? "" : ", ") + baselines.at(i).at("name").text() + " (" +
                  baselines.at(i).at("verdict").text() + ")";
    }
  }
  if (unbeaten.empty()) {
    page.paragraph(
        "The model beats every baseline: its MCC is higher, and so is the lower end of "
        "the 95 % interval of the difference.");
  } else {
    page.warning("The model does not beat these baselines: " + unbeaten + ".");
  }
  page.table(baseline_table(baselines));
  add_bars(page, test, "accuracy", "Accuracy");
  add_bars(page, test, "macro_f1", "Macro F1");
  add_bars(page, test, "mcc", "MCC");
  add_descriptions(page, baselines);
}

void add_overlap(report::Page& page, const RecordPart& test) {
  if (!test.has("overlap")) {
    return;
  }
  const auto overlap = test.at("overlap");
  const auto similar = overlap.at("jaccard_of_11_mers_at_least_0.5");
  page.section("Test rows that resemble training rows");
  if (similar.value() > 0) {
    page.warning(
        "Test rows occur among the training rows, or resemble one: on sequences of other families "
        "the scores may be lower.");
  } else {
    page.paragraph("No test row resembles a training row.");
  }
  page.facts({{"training rows", overlap.at("training_rows").number()},
              {"identical test rows", overlap.at("identical").number()},
              {"11-mer Jaccard .9 or more", overlap.at("jaccard_of_11_mers_at_least_0.9").number()},
              {"11-mer Jaccard .5 or more", similar.number()}});
  if (similar.value() > 0 && overlap.has("other_rows")) {
    const auto other = overlap.at("other_rows");
    page.facts({{"other test rows", other.at("rows").number()},
                {"accuracy on them", other.at("accuracy").cell(kDecimals)},
                {"macro F1 on them", other.at("macro_f1").cell(kDecimals)},
                {"MCC on them", other.at("mcc").cell(kDecimals)}});
  }
}

}  // namespace vio::train

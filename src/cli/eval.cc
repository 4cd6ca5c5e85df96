// The command eval: labels against labels, by the ids of the records. An
// article that the prediction does not have counts as a cluster of its own;
// `coverage` says how many are not such.
//
// Tested by: tests/cli/eval_test.cc

#include <absl/container/flat_hash_map.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/str_format.h>

#include <array>

#include "cli/commands.h"
#include "io/json_text.h"
#include "io/labels.h"
#include "io/output_file.h"
#include "storyfold/score.h"

namespace storyfold {
namespace {

// Numbers labels in the order they are met.
class LabelNumbers {
 public:
  uint32_t Of(const std::string& label) {
    const auto next = static_cast<uint32_t>(numbers_.size());
    return numbers_.try_emplace(label, next).first->second;
  }
  // Returns a number no label has.
  uint32_t Unused() { return Of("\n" + std::to_string(numbers_.size())); }

 private:
  absl::flat_hash_map<std::string, uint32_t> numbers_;
};

struct Evaluation {
  ClusteringScores scores;
  BCubedIntervals intervals;
  size_t gold = 0;     // items with a true label
  size_t covered = 0;  // of these, items that were clustered; the others are
                       // scored as lone

  double Coverage() const {
    return static_cast<double>(covered) / static_cast<double>(gold);
  }
};

Evaluation Evaluate(const std::vector<Label>& gold,
                    const std::vector<Label>& predicted) {
  absl::flat_hash_map<std::string, std::string> predicted_of;
  for (const Label& label : predicted) predicted_of[label.id] = label.label;
  LabelNumbers gold_numbers;
  LabelNumbers predicted_numbers;
  std::vector<uint32_t> gold_of_item;
  std::vector<uint32_t> predicted_of_item;
  Evaluation evaluation;
  evaluation.gold = gold.size();
  for (const Label& label : gold) {
    const auto found = predicted_of.find(label.id);
    const bool covered = found != predicted_of.end();
    evaluation.covered += covered;
    gold_of_item.push_back(gold_numbers.Of(label.label));
    predicted_of_item.push_back(covered ? predicted_numbers.Of(found->second)
                                        : predicted_numbers.Unused());
  }
  evaluation.scores = ScoreClustering(gold_of_item, predicted_of_item);
  evaluation.intervals = BootstrapBCubed(gold_of_item, predicted_of_item);
  return evaluation;
}

std::string AsTable(const Evaluation& e) {
  const ClusteringScores& s = e.scores;
  const BCubedIntervals& i = e.intervals;
  return absl::StrFormat(
      "items                  %d\n"
      "clusters, gold         %d\n"
      "clusters, predicted    %d\n"
      "coverage               %.4f\n"
      "                       precision  recall  F1\n"
      "BCubed                 %.4f     %.4f  %.4f\n"
      "  95 %% interval, from  %.4f     %.4f  %.4f\n"
      "                    to %.4f     %.4f  %.4f\n"
      "pairwise               %.4f     %.4f  %.4f\n"
      "adjusted Rand index    %.4f\n"
      "adjusted mutual info   %.4f\n",
      s.items, s.gold_clusters, s.predicted_clusters, e.Coverage(),
      s.bcubed.precision, s.bcubed.recall, s.bcubed.f1, i.precision.low,
      i.recall.low, i.f1.low, i.precision.high, i.recall.high, i.f1.high,
      s.pairwise.precision, s.pairwise.recall, s.pairwise.f1,
      s.adjusted_rand_index, s.adjusted_mutual_information);
}

void AddScores(std::string_view name, const PrecisionRecall& scores,
               JsonObject& json) {
  JsonObject fields(json.Field(name));
  fields.Add("precision", scores.precision);
  fields.Add("recall", scores.recall);
  fields.Add("f1", scores.f1);
  fields.Close();
}

void AddIntervals(std::string_view name, const BCubedIntervals& intervals,
                  JsonObject& json) {
  const auto bounds = [](const Interval& i) {
    return std::array{i.low, i.high};
  };
  JsonObject fields(json.Field(name));
  fields.AddNumbers("precision", bounds(intervals.precision));
  fields.AddNumbers("recall", bounds(intervals.recall));
  fields.AddNumbers("f1", bounds(intervals.f1));
  fields.Close();
}

std::string AsJson(const Evaluation& e) {
  std::string out;
  JsonObject json(out);
  json.Add("items", size_t{e.scores.items});
  json.Add("gold_clusters", size_t{e.scores.gold_clusters});
  json.Add("predicted_clusters", size_t{e.scores.predicted_clusters});
  json.Add("coverage", e.Coverage());
  AddScores("bcubed", e.scores.bcubed, json);
  AddIntervals("bcubed_95", e.intervals, json);
  AddScores("pairwise", e.scores.pairwise, json);
  json.Add("ari", e.scores.adjusted_rand_index);
  json.Add("ami", e.scores.adjusted_mutual_information);
  json.Close();
  return out += '\n';
}

}  // namespace

absl::Status RunEval(const Config& config) {
  const std::string id_field =
      config.read.fields.id.empty() ? "id" : config.read.fields.id;
  const auto gold = ReadLabels(config.gold_file, id_field, config.gold_field);
  if (!gold.ok()) return gold.status();
  const auto predicted =
      ReadLabels(config.predicted_file, id_field, config.predicted_field);
  if (!predicted.ok()) return predicted.status();
  const Evaluation evaluation = Evaluate(*gold, *predicted);
  if (evaluation.covered == 0) {
    return absl::InvalidArgumentError(
        absl::StrCat(config.predicted_file, ": has no id of those in ",
                     config.gold_file, "; --id-field names where they stand"));
  }
  return WriteToStdout(config.json ? AsJson(evaluation) : AsTable(evaluation));
}

}  // namespace storyfold

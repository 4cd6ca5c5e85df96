#pragma once

#include <absl/status/statusor.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "boilerplate/known_lines.h"
#include "boilerplate/line_sightings.h"
#include "storyfold/boilerplate.h"

namespace storyfold {

struct LineStateOptions {
  // Keys remembered of one source, of 24 or 48 bytes (known_lines.h). Over it,
  // those of the fewest texts go first, among these the ones not seen for
  // longest. The counts of all texts stay, one for each week since the oldest
  // of its lines.
  uint32_t max_keys_per_source = 1u << 14;

  // A line that was not seen for so many days is forgotten; one that only one
  // text has carried after a tenth of them.
  uint32_t keep_days = 90;
};

// A line of an earlier night that is boilerplate by what was seen since.
struct LateLine {
  uint32_t page = 0;  // as given in LineBatch::pages
  uint32_t line = 0;  // from 1

  friend auto operator<=>(const LateLine&, const LateLine&) = default;
};

// Which lines the sources have printed under several texts, over many nights:
// for each source and masked key up to kMostTexts distinct texts, first and
// last day, and up to two pages that wait for more evidence. A value: copy it,
// store its bytes, read it back.
//
// Four hashes tell a share of the texts roughly. Asked for a tenth they say yes
// of a line of half of the texts in 99 of 100 sources, of three tenths in 95,
// of a tenth in 51, of a twentieth in 17, of a fiftieth in 2 (simulated). So
// they are asked for a tenth where two texts or the lines around speak for a
// line, too, and for a half only where the batch itself has half of the texts.
// A batch of the nightly update holds all articles it compares, those of the
// window and not only tonight's: shares of it are exact. Late flags are of one
// line without its page; what waits for them was chosen when the page was there
// (waiting_lines.h).
//
// The articles of one batch may come in any order, and a batch that is added
// twice changes nothing. Lines of articles without a source are not
// remembered: nothing says that next night's are of the same outlet.
//
// Use by the nightly update, after clusters of copies are known:
//
//   state.RenameTexts(names); state.ForgetPages(changed_pages);
//   late = state.Add(batch, options);             // flags for earlier pages
//   flags = FlagLines(LineEvidence(table, {text_of, &state, names}, options));
//   state.Forget(today, limits); bytes = state.Encode();
class LineState {
 public:
  // Texts that are told apart; kMostTexts stands for more, too.
  static constexpr uint32_t kMostTexts = kMostTextsOfLine;

  // Adds a batch, and returns the lines of earlier pages that min_texts
  // distinct texts carry now, or min_texts_with_sign where the line stands at
  // the edge of the page or looks like a label; ascending, each once ever. At
  // most two pages wait for a line. O(lines of the batch log, and the keys of
  // the sources in it). REQUIRES: Validate(options).ok()
  std::vector<LateLine> Add(const LineBatch& batch,
                            const BoilerplateOptions& options);

  // A text that is known by another name now, as in LineBatch::texts.
  struct NewName {
    uint64_t from = 0;
    uint64_t to = 0;
  };

  // Makes texts that turned out to be one count once. Four texts or more may
  // become three, though there were more. No name may be both from and to.
  // O(keys).
  void RenameTexts(std::span<const NewName> names);

  // Forgets that lines of these pages (ascending) wait for more texts: the
  // pages have another text now.
  void ForgetPages(std::span<const uint32_t> pages);

  // Forgets what is too old or too much.
  void Forget(uint32_t today, const LineStateOptions& options);

  // Returns the number of distinct texts of the source that carry the line, 0
  // to kMostTexts. `source` is LineTable::source_hashes of it.
  uint32_t Texts(uint64_t source, uint64_t masked_key) const;

  // Returns the remembered texts of the source that carry the line and are none
  // of `texts` (as in LineBatch::texts), up to kMostTexts, by their short
  // names.
  std::vector<uint32_t> OtherTexts(uint64_t source, uint64_t masked_key,
                                   std::span<const uint64_t> texts) const;

  // Returns whether at least one of so many texts of the source carries the
  // line, of those since a week before it first did, as far as four hashes
  // tell: of ten, a line of every text does, one of a hundredth hardly ever.
  bool IsOfShare(uint64_t source, uint64_t masked_key,
                 uint32_t one_of_texts) const;

  // Returns whether the four texts that are remembered of those of the source,
  // since a week before the line first stood, all carry it; false where there
  // are fewer. So does a line of every text, one of a half in one of 16
  // sources, one of a tenth in none; and a new text seldom changes the answer.
  bool StandsInAll(uint64_t source, uint64_t masked_key) const;

  // Returns whether an article of the source with another text than `text` (as
  // in LineBatch::texts) has this title, a LineTable::title_keys value.
  bool HasOtherTitle(uint64_t source, uint64_t title_key, uint64_t text) const;

  size_t num_sources() const { return sources_.size(); }
  size_t num_keys() const;

  // Bytes one behind the other: views of `heads` and of the state, good until
  // that changes.
  struct Bytes {
    std::vector<uint64_t> heads;
    std::vector<std::string_view> pieces;
  };

  // Returns the state as bytes; equal states give equal bytes. 24 or 48 bytes a
  // key, none of them copied. There is no checksum in them: whoever stores them
  // adds it.
  Bytes Encode() const;

  // Returns the state that Encode gave, now or in an older storyfold. Errors:
  // bytes that no Encode gives, and which of their rules is broken.
  static absl::StatusOr<LineState> Decode(std::string_view bytes);

  friend bool operator==(const LineState&, const LineState&) = default;

 private:
  KnownLine TextsSince(uint64_t source, uint32_t day) const;
  template <typename Visit>
  void ForEachSource(const Visit& visit);
  std::optional<KnownLine> Find(uint64_t source, uint64_t key) const;

  std::map<uint64_t, KnownLines> sources_;
};

}  // namespace storyfold

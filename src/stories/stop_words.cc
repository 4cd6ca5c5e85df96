#include "stories/stop_words.h"

#include <absl/container/flat_hash_map.h>
#include <absl/strings/str_split.h>

#include <string_view>

#include "base/string_view.h"
#include "text/word_hash.h"

namespace storyfold {
namespace {

// One string a language: words with a space between them.
constexpr std::string_view kEnglish =
    "a about above across after afterwards again against all almost "
    "alone along already also although always am among amongst an and "
    "another any anyhow anyone anything anyway anywhere are around as at "
    "back be became because become becomes becoming been before "
    "beforehand behind being below beside besides between beyond both "
    "but by can cannot could did do does done down due during each eg "
    "either else elsewhere enough etc even ever every everyone "
    "everything everywhere except few for former formerly from further "
    "get give go had has have he hence her here hereafter hereby herein "
    "hers herself him himself his how however i ie if in indeed into is "
    "it its itself keep last latter latterly least less made many may me "
    "meanwhile might more moreover most mostly much must my myself "
    "namely neither never nevertheless next no nobody none nor not "
    "nothing now nowhere of off often on once one only onto or other "
    "others otherwise our ours ourselves out over own per perhaps please "
    "put rather re same see seem seemed seeming seems several she should "
    "since so some somehow someone something sometime sometimes "
    "somewhere still such take than that the their them themselves then "
    "thence there thereafter thereby therefore therein thereupon these "
    "they this those though through throughout thru thus to together too "
    "toward towards under until up upon us very via was we well were "
    "what whatever when whence whenever where whereafter whereas whereby "
    "wherein whereupon wherever whether which while whither who whoever "
    "whole whom whose why will with within without would yet you your "
    "yours yourself yourselves said say says don didn doesn isn aren "
    "wasn weren couldn wouldn shouldn hasn haven hadn ain ll ve";

constexpr std::string_view kSpanish =
    "el la los las un una unos unas de del al y e o u que en por para "
    "con sin sobre entre hasta desde hacia según se su sus lo le les te "
    "nos mi es son era eran fue fueron ser sido está están estaba han "
    "ha había hay como más pero sí ya también muy este esta estos "
    "estas ese esa esos esas aquel aquella cuando donde quien quienes "
    "cual cuales qué cómo porque si ante tras durante dijo cada todo "
    "toda todos todas otro otra otros otras uno dos así aunque mientras "
    "a me no he has";

constexpr std::string_view kFrench =
    "des du une et ou où dans sur pour par avec sans vers chez ce cet "
    "cette ces sa ses leur leurs il elle ils elles nous vous je tu qui "
    "quoi dont est sont était étaient été être avoir ont avait pas "
    "ne plus mais aussi comme très tout toute tous toutes au aux selon "
    "après avant "
    "le la les de en un que se on te nos son entre si y";

constexpr std::string_view kGerman =
    "der die das den dem ein eine einer eines einem einen und oder aber "
    "von vom zu zum zur im ins mit ohne auf aus bei nach vor über unter "
    "zwischen durch für gegen um ist sind war waren wird werden wurde "
    "wurden sein hat haben hatte hatten nicht kein keine auch nur noch "
    "schon sich sie er wir ihr ich als wie wenn dass weil dieser diese "
    "dieses "
    "des in an am so was es also da du bis man hier doch";

constexpr std::string_view kRussian =
    "и в во не что он на я с со как а то все "
    "она так его но да ты к у же вы за бы по "
    "только ее её мне было вот от меня еще "
    "ещё нет о из ему теперь когда даже ну "
    "вдруг ли если уже или ни быть был "
    "него до вас нибудь опять уж вам ведь "
    "там потом себя ничего ей может они "
    "тут где есть надо ней для мы тебя их "
    "чем была сам чтоб без будто чего раз "
    "тоже себе под будет ж тогда кто этот "
    "того потому этого какой ним здесь "
    "этом один почти мой тем чтобы нее "
    "сейчас были куда зачем всех никогда "
    "можно при об другой хоть после над "
    "больше тот через эти нас про всего "
    "них какая много разве эту моя свою "
    "этой перед иногда лучше чуть том "
    "нельзя такой им более всегда конечно "
    "всю между это также который которая "
    "которое которые которых сообщил "
    "сообщила заявил заявила";

struct Language {
  std::string_view code;  // ISO 639
  std::string_view words;
};

constexpr Language kLanguages[] = {{"en", kEnglish},
                                   {"es", kSpanish},
                                   {"fr", kFrench},
                                   {"de", kGerman},
                                   {"ru", kRussian}};

absl::flat_hash_map<uint64_t, LanguageSet> HashLists() {
  absl::flat_hash_map<uint64_t, LanguageSet> sets;
  LanguageSet bit = 1;
  for (const Language& language : kLanguages) {
    for (const absl::string_view word :
         absl::StrSplit(ToAbsl(language.words), ' ')) {
      sets[HashWord(FromAbsl(word))] |= bit;
    }
    bit = static_cast<LanguageSet>(bit << 1);
  }
  return sets;
}

}  // namespace

LanguageSet StopWordLanguages(uint64_t word_hash) {
  static const auto sets = HashLists();
  const auto at = sets.find(word_hash);
  return at == sets.end() ? LanguageSet{0} : at->second;
}

LanguageSet LanguageSetOf(std::string_view language) {
  LanguageSet bit = 1;
  for (const Language& known : kLanguages) {
    if (language.substr(0, language.find_first_of("-_")) == known.code) {
      return bit;
    }
    bit = static_cast<LanguageSet>(bit << 1);
  }
  return kAllLanguages;
}

}  // namespace storyfold

#include "stories/stop_words.h"

#include <absl/container/flat_hash_map.h>
#include <absl/strings/str_split.h>

#include <iterator>
#include <string_view>

#include "base/string_view.h"
#include "stories/arabic.h"
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

constexpr std::string_view kItalian =
    "il lo la i gli le un uno una di a da in con su per tra fra del "
    "dello della dei degli delle al allo alla ai agli alle dal dallo "
    "dalla dai dagli dalle nel nello nella nei negli nelle sul sullo "
    "sulla sui sugli sulle e ed o od ma se che chi cui non più come "
    "dove quando perché anche ancora già poi solo sempre mai molto poco "
    "tutto tutta tutti tutte altro altra altri altre questo questa "
    "questi queste quello quella quelli quelle suo sua suoi sue loro "
    "lui lei noi voi io tu mi ti ci vi si ne è sono era erano sia "
    "essere stato stata stati ha hanno aveva avevano avere fa dopo "
    "prima contro verso senza sotto sopra oltre durante secondo così "
    "ogni qui lì detto c l d all dell nell sull dall quest";

constexpr std::string_view kPortuguese =
    "o a os as um uma uns umas de do da dos das em no na nos nas num "
    "numa por pelo pela pelos pelas para com sem sob sobre entre até "
    "desde após ante contra durante segundo e ou mas nem que se não sim "
    "já ainda também só mais menos muito muita muitos muitas como onde "
    "quando porque pois quem qual quais cujo cuja este esta estes estas "
    "esse essa esses essas aquele aquela aqueles aquelas isto isso "
    "aquilo ele ela eles elas eu tu você vocês nós lhe lhes me te seu "
    "sua seus suas é são era eram foi foram ser sendo sido está estão "
    "estava estavam tem têm tinha tinham ter há havia vai vão ao à aos "
    "às todo toda todos todas outro outra outros outras cada disse "
    "afirmou";

constexpr std::string_view kDutch =
    "de het een en of maar want dus dat die dit deze er hier daar niet "
    "geen wel ook nog al dan toen nu zo als om te ten ter van voor door "
    "met bij op in uit aan naar over onder tegen tussen tot zonder na "
    "sinds volgens is zijn was waren ben bent wordt worden werd werden "
    "geworden heeft hebben had hadden kan kunnen kon konden zal zullen "
    "zou zouden moet moeten mag wil ik je jij u hij zij ze we wij "
    "jullie hen hun hem haar mijn jouw ons onze zich wat wie waar welke "
    "hoe waarom wanneer omdat terwijl alle alles veel meer meest andere "
    "ander zelf weer eens even";

constexpr std::string_view kPolish =
    "i a o w we z ze na do od po za przed przy pod nad przez dla bez "
    "między u oraz albo lub ale lecz czy że żeby aby bo więc jak jako "
    "gdy kiedy gdzie który która które którzy którego której których "
    "którym którą to ten ta te ci tego tej tych tym tymi temu tę tą "
    "jest są był była było byli były być będzie będą może mogą ma mają "
    "miał miała nie tak też także już jeszcze tylko bardzo się sobie "
    "siebie go mu jego jej ich im nim niej nich on ona ono oni one ja "
    "ty my wy mnie mi nas nam was co kto coś ktoś wszystko wszystkie "
    "wszyscy inny inne innych podczas według powiedział powiedziała";

constexpr std::string_view kUkrainian =
    "і й та а в у на з зі із до від по за про для без під над перед при "
    "через між о об не ні що щоб як так але або чи бо якщо коли де який "
    "яка яке які якого якої яких якому яким це цей ця ці цього цієї цих "
    "цьому цим той то те ті того тієї тих тому тим він вона воно вони я "
    "ти ми ви його її їх йому їй їм них нього неї мене нас вас нам вам "
    "свій своя своє свої свого своєї своїх є був була було були бути "
    "буде будуть може можуть має мають також ще вже лише тільки дуже "
    "більше після час сам сама самі себе весь вся все всі всіх ж же би "
    "б хто щодо тобто заявив заявила повідомив повідомила";

constexpr std::string_view kArabic =
    "في من على إلى الى عن مع بين حتى منذ خلال بعد قبل عند لدى ضد نحو "
    "حول دون تحت فوق أمام وراء و أو ثم لكن بل لا ما لم لن إن أن أنه "
    "أنها إنه إنها وأن بأن لأن كان كانت كانوا يكون تكون ليس ليست هو هي "
    "هم هما هن أنا نحن أنت هذا هذه ذلك تلك هؤلاء الذي التي الذين اللتي "
    "كما قد فقد وقد كل بعض أي غير سوى هل إذا لو كي حيث حين بينما كيف "
    "متى أين له لها لهم به بها بهم فيه فيها منه منها عليه عليها إليه "
    "إليها عنه عنها وهو وهي وفي ومن وعلى وقال قال قالت وقالت أيضا أكثر "
    "أم ولا وما ولم كذلك يمكن";

constexpr std::string_view kTurkish =
    "ve ile bir bu şu o da de ki mi mı mu mü ama fakat ancak veya ya ne "
    "için gibi kadar daha en çok az her hiç bazı tüm bütün olan olarak "
    "oldu olduğu olduğunu olacak olması olmak olur var yok değil ise "
    "ben sen biz siz onlar onun onu ona bunun bunu buna bunlar şöyle "
    "böyle kendi kendisi sonra önce göre karşı doğru üzere dolayı "
    "rağmen üzerine altında üstünde içinde arasında tarafından ayrıca "
    "artık bile sadece yalnız hem çünkü eğer nasıl neden nerede kim "
    "dedi söyledi etti eden ettiği";

constexpr std::string_view kIndonesian =
    "yang dan di ke dari pada dalam untuk dengan oleh sebagai adalah "
    "ialah ini itu tersebut akan telah sudah belum masih tidak tak "
    "bukan jangan juga atau tetapi tapi namun karena kerana sebab jika "
    "kalau bila ketika saat semasa selepas setelah sebelum hingga "
    "sehingga sampai antara bagi terhadap tentang mengenai secara atas "
    "bawah para ada dapat bisa boleh harus perlu lebih paling sangat "
    "hanya lagi pun saja sahaja kata ujar katanya ujarnya berkata ia "
    "dia mereka kami kita saya anda beliau nya saling sendiri semua "
    "setiap beberapa banyak lain seperti bahwa bahawa agar supaya serta "
    "maka sambil sejak selama seorang sebuah apa siapa bagaimana mana "
    "satu dua";

struct Language {
  std::string_view code;  // ISO 639
  std::string_view words;
};

constexpr Language kLanguages[] = {
    {"en", kEnglish},    {"es", kSpanish},    {"fr", kFrench},
    {"de", kGerman},     {"ru", kRussian},    {"it", kItalian},
    {"pt", kPortuguese}, {"nl", kDutch},      {"pl", kPolish},
    {"uk", kUkrainian},  {"ar", kArabic},     {"tr", kTurkish},
    {"id", kIndonesian}, {"ms", kIndonesian},
};
static_assert(std::size(kLanguages) <= 32);

absl::flat_hash_map<uint64_t, LanguageSet> HashLists() {
  absl::flat_hash_map<uint64_t, LanguageSet> sets;
  LanguageSet bit = 1;
  for (const Language& language : kLanguages) {
    for (const absl::string_view word :
         absl::StrSplit(ToAbsl(language.words), ' ')) {
      sets[HashWord(ArabicStem(FromAbsl(word)))] |= bit;
    }
    bit <<= 1;
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
    bit <<= 1;
  }
  return kAllLanguages;
}

}  // namespace storyfold

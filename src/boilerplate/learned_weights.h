#pragma once

// Written by benchmarks/train_boilerplate from 10504 lines of 47 sites.
// Each site judged by a model of the others, with the lines of the rules:
// precision 0.875, recall 0.837,
// F1 0.856, 0.92 % of the characters of bodies lost.

#include <array>

#include "boilerplate/line_features.h"

namespace storyfold {

// One for each LineFeature.
inline constexpr std::array<double, kNumLineFeatures> kLearnedWeights = {
    -0.4573,  // kBias
    2.6588,   // kFlagged
    0.0000,   // kOpen0
    0.9317,   // kOpen1
    0.7414,   // kOpen2
    0.7513,   // kOpen4
    0.4060,   // kOpen8
    -0.4403,  // kOpen16
    -0.8846,  // kOpen32
    0.0000,   // kClosed0
    0.3053,   // kClosed1
    0.2211,   // kClosed2
    0.5472,   // kClosed4
    -0.3462,  // kClosed8
    -1.0598,  // kClosed16
    -1.6305,  // kClosed32
    -0.5091,  // kEndsInColon
    0.5503,   // kHoldsColon
    -0.0117,  // kHoldsDigit
    -2.4317,  // kOnlyNumbers
    0.2531,   // kHoldsSymbol
    0.7996,   // kInBrackets
    -0.8746,  // kQuoted
    0.8774,   // kCapitalised
    -0.6183,  // kStartsLow
    -3.0107,  // kLikeTitle
    -0.5073,  // kFirst
    -0.8795,  // kSecond
    -1.0760,  // kThirdToFifth
    0.6845,   // kLast
    -0.0823,  // kNearLast
    0.2222,   // kBeforeText
    0.2222,   // kShortBeforeText
    -0.2650,  // kDistanceBeforeText
    0.3145,   // kAfterText
    0.1722,   // kShortAfterText
    0.9356,   // kDistanceAfterText
    -0.3778,  // kShortInText
    0.7147,   // kFlaggedBeside
    0.5774,   // kFlaggedNear
    0.3038,   // kLabelBeside
    0.0154,   // kLabelNear
    -0.3246,  // kParagraphBeside
    0.1666,   // kFlaggedAround
    -0.4037,  // kParagraphsAround
    0.2916,   // kSharedFirstWord
    0.3709,   // kSharedFirstWords
};

}  // namespace storyfold

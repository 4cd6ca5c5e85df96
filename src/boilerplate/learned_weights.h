#pragma once

// Written by benchmarks/train_boilerplate from 10504 lines of 47 sites.
// Each site judged by a model of the others, with the lines of the rules:
// precision 0.874, recall 0.838,
// F1 0.856, 0.92 % of the characters of bodies lost.

#include <array>

#include "boilerplate/line_features.h"

namespace storyfold {

// One for each LineFeature.
inline constexpr std::array<double, kNumLineFeatures> kLearnedWeights = {
    -0.4465,  // kBias
    2.6392,   // kFlagged
    0.0000,   // kOpen0
    0.9398,   // kOpen1
    0.7317,   // kOpen2
    0.7241,   // kOpen4
    0.3777,   // kOpen8
    -0.5902,  // kOpen16
    -0.8973,  // kOpen32
    0.0000,   // kClosed0
    0.3470,   // kClosed1
    0.2392,   // kClosed2
    0.5333,   // kClosed4
    -0.3133,  // kClosed8
    -0.9816,  // kClosed16
    -1.5568,  // kClosed32
    -0.5311,  // kEndsInColon
    0.6081,   // kHoldsColon
    -0.0134,  // kHoldsDigit
    -2.4826,  // kOnlyNumbers
    0.2583,   // kHoldsSymbol
    0.7716,   // kInBrackets
    -0.8695,  // kQuoted
    0.9002,   // kCapitalised
    -0.5938,  // kStartsLow
    -2.9636,  // kLikeTitle
    -0.5256,  // kFirst
    -0.8966,  // kSecond
    -1.0828,  // kThirdToFifth
    0.6764,   // kLast
    -0.0977,  // kNearLast
    0.2755,   // kBeforeText
    0.2755,   // kShortBeforeText
    -0.3528,  // kDistanceBeforeText
    0.3695,   // kAfterText
    0.1477,   // kShortAfterText
    1.0184,   // kDistanceAfterText
    -0.3150,  // kShortInText
    0.7462,   // kFlaggedBeside
    0.5312,   // kFlaggedNear
    0.2697,   // kLabelBeside
    0.0282,   // kLabelNear
    -0.3190,  // kParagraphBeside
    -0.0275,  // kFlaggedAround
    -0.4933,  // kParagraphsAround
    0.2663,   // kSharedFirstWord
    0.4811,   // kSharedFirstWords
};

}  // namespace storyfold

#pragma once

// Written by benchmarks/train_boilerplate from 10504 lines of 47 sites.
// Each site judged by a model of the others, with the lines of the rules:
// precision 0.876, recall 0.838,
// F1 0.856, 0.92 % of the characters of bodies lost.

#include <array>

#include "boilerplate/line_features.h"

namespace storyfold {

// One for each LineFeature.
inline constexpr std::array<double, kNumLineFeatures> kLearnedWeights = {
    -0.4610,  // kBias
    2.6744,   // kFlagged
    0.0000,   // kOpen0
    0.9252,   // kOpen1
    0.7431,   // kOpen2
    0.7542,   // kOpen4
    0.4126,   // kOpen8
    -0.4365,  // kOpen16
    -0.8865,  // kOpen32
    0.0000,   // kClosed0
    0.3056,   // kClosed1
    0.2164,   // kClosed2
    0.5382,   // kClosed4
    -0.3420,  // kClosed8
    -1.0602,  // kClosed16
    -1.6310,  // kClosed32
    -0.5127,  // kEndsInColon
    0.5542,   // kHoldsColon
    -0.0137,  // kHoldsDigit
    -2.4706,  // kOnlyNumbers
    0.2486,   // kHoldsSymbol
    0.8020,   // kInBrackets
    -0.8685,  // kQuoted
    0.8857,   // kCapitalised
    -0.6213,  // kStartsLow
    -3.0107,  // kLikeTitle
    -0.4997,  // kFirst
    -0.8716,  // kSecond
    -1.0767,  // kThirdToFifth
    0.6865,   // kLast
    -0.0728,  // kNearLast
    0.2183,   // kBeforeText
    0.2183,   // kShortBeforeText
    -0.2709,  // kDistanceBeforeText
    0.3059,   // kAfterText
    0.1900,   // kShortAfterText
    0.9251,   // kDistanceAfterText
    -0.3769,  // kShortInText
    0.6920,   // kFlaggedBeside
    0.5771,   // kFlaggedNear
    0.3060,   // kLabelBeside
    0.0158,   // kLabelNear
    -0.3254,  // kParagraphBeside
    0.2111,   // kFlaggedAround
    -0.4031,  // kParagraphsAround
    0.2741,   // kSharedFirstWord
    0.3694,   // kSharedFirstWords
};

}  // namespace storyfold

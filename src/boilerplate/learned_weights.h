#pragma once

// Written by benchmarks/train_boilerplate from 10504 lines of 47 sites. Each
// site judged by a model of the others, with the lines of the rules: precision
// 0.875, recall 0.837, F1 0.856, 0.93 % of the characters of bodies lost.

#include <array>

#include "boilerplate/line_features.h"

namespace storyfold {

// One for each LineFeature.
inline constexpr std::array<double, kNumLineFeatures> kLearnedWeights = {
    -0.5666,  // kBias
    2.6216,   // kFlagged
    0.0000,   // kOpen0
    0.9259,   // kOpen1
    0.7325,   // kOpen2
    0.7318,   // kOpen4
    0.4319,   // kOpen8
    -0.5487,  // kOpen16
    -1.1607,  // kOpen32
    0.0000,   // kClosed0
    0.3616,   // kClosed1
    0.2366,   // kClosed2
    0.5361,   // kClosed4
    -0.3250,  // kClosed8
    -0.9588,  // kClosed16
    -1.5297,  // kClosed32
    -0.5457,  // kEndsInColon
    0.6203,   // kHoldsColon
    -0.0475,  // kHoldsDigit
    -2.4297,  // kOnlyNumbers
    0.2552,   // kHoldsSymbol
    0.7355,   // kInBrackets
    -0.8906,  // kQuoted
    0.8811,   // kCapitalised
    -0.6171,  // kStartsLow
    -3.0094,  // kLikeTitle
    -0.5441,  // kFirst
    -0.9171,  // kSecond
    -1.1013,  // kThirdToFifth
    0.6761,   // kLast
    -0.1029,  // kNearLast
    0.2918,   // kBeforeText
    0.2918,   // kShortBeforeText
    -0.3168,  // kDistanceBeforeText
    0.3912,   // kAfterText
    0.2688,   // kShortAfterText
    1.0161,   // kDistanceAfterText
    -0.3124,  // kShortInText
    0.7273,   // kFlaggedBeside
    0.5161,   // kFlaggedNear
    0.2896,   // kLabelBeside
    0.0549,   // kLabelNear
    -0.3180,  // kParagraphBeside
    0.0577,   // kFlaggedAround
    -0.3140,  // kParagraphsAround
    0.2831,   // kSharedFirstWord
    0.4339,   // kSharedFirstWords
};

}  // namespace storyfold

#pragma once

// Written by benchmarks/train_boilerplate from 10504 lines of 47 sites.
// Each site judged by a model of the others, with the lines of the rules:
// precision 0.874, recall 0.837,
// F1 0.855, 0.94 % of the characters of bodies lost.

#include <array>

#include "boilerplate/line_features.h"

namespace storyfold {

// One for each LineFeature.
inline constexpr std::array<double, kNumLineFeatures> kLearnedWeights = {
    -0.3805,  // kBias
    2.7325,   // kFlagged
    0.0000,   // kOpen0
    0.8996,   // kOpen1
    0.7278,   // kOpen2
    0.7490,   // kOpen4
    0.4528,   // kOpen8
    -0.4591,  // kOpen16
    -0.8730,  // kOpen32
    0.0000,   // kClosed0
    0.3481,   // kClosed1
    0.2012,   // kClosed2
    0.5219,   // kClosed4
    -0.3222,  // kClosed8
    -1.0166,  // kClosed16
    -1.6099,  // kClosed32
    -0.5566,  // kEndsInColon
    0.5682,   // kHoldsColon
    -0.0149,  // kHoldsDigit
    -2.5365,  // kOnlyNumbers
    0.2279,   // kHoldsSymbol
    0.7849,   // kInBrackets
    -0.8594,  // kQuoted
    0.8864,   // kCapitalised
    -0.6451,  // kStartsLow
    -2.9747,  // kLikeTitle
    -0.5059,  // kFirst
    -0.8922,  // kSecond
    -1.1033,  // kThirdToFifth
    0.6611,   // kLast
    -0.0755,  // kNearLast
    0.2086,   // kBeforeText
    0.2086,   // kShortBeforeText
    -0.3017,  // kDistanceBeforeText
    0.3058,   // kAfterText
    0.2181,   // kShortAfterText
    0.8653,   // kDistanceAfterText
    -0.3556,  // kShortInText
    0.7174,   // kFlaggedBeside
    0.5504,   // kFlaggedNear
    0.3062,   // kLabelBeside
    0.0239,   // kLabelNear
    -0.3297,  // kParagraphBeside
    0.1044,   // kFlaggedAround
    -0.5148,  // kParagraphsAround
    0.2579,   // kSharedFirstWord
    0.4090,   // kSharedFirstWords
};

}  // namespace storyfold

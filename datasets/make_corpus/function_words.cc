#include "function_words.h"

namespace storyfold {
namespace {

constexpr FunctionWord kFunctionWords[] = {
    {"the", 3800},      {"to", 2100},      {"and", 2250},     {"of", 1700},
    {"a", 1900},        {"in", 1350},      {"for", 750},      {"that", 700},
    {"is", 620},        {"on", 520},       {"was", 560},      {"with", 600},
    {"he", 480},        {"it", 420},       {"at", 380},       {"as", 480},
    {"by", 400},        {"his", 330},      {"have", 330},     {"has", 300},
    {"from", 360},      {"are", 380},      {"be", 260},       {"an", 300},
    {"not", 300},       {"but", 330},      {"they", 260},     {"who", 270},
    {"will", 250},      {"this", 260},     {"their", 250},    {"which", 230},
    {"were", 230},      {"had", 240},      {"we", 220},       {"would", 190},
    {"been", 120},      {"her", 200},      {"she", 180},      {"its", 210},
    {"or", 200},        {"more", 200},     {"about", 190},    {"after", 180},
    {"i", 170},         {"one", 170},      {"also", 160},     {"up", 140},
    {"there", 140},     {"all", 140},      {"when", 150},     {"out", 130},
    {"than", 130},      {"you", 130},      {"can", 120},      {"if", 120},
    {"into", 110},      {"other", 110},    {"over", 110},     {"could", 100},
    {"so", 100},        {"no", 100},       {"some", 100},     {"what", 90},
    {"two", 90},        {"our", 80},       {"do", 80},        {"while", 80},
    {"because", 75},    {"only", 75},      {"most", 75},      {"between", 70},
    {"before", 70},     {"him", 70},       {"them", 80},      {"during", 65},
    {"under", 60},      {"against", 65},   {"through", 60},   {"where", 60},
    {"since", 55},      {"being", 55},     {"any", 55},       {"these", 55},
    {"those", 55},      {"such", 50},      {"may", 50},       {"should", 50},
    {"down", 45},       {"then", 45},      {"now", 60},       {"both", 40},
    {"very", 35},       {"your", 35},      {"my", 45},        {"me", 35},
    {"how", 40},        {"many", 45},      {"even", 40},      {"did", 40},
    {"just", 45},       {"still", 40},     {"off", 35},       {"until", 30},
    {"each", 30},       {"another", 30},   {"us", 30},        {"does", 25},
    {"among", 30},      {"without", 30},   {"again", 25},     {"own", 25},
    {"few", 25},        {"further", 20},   {"whether", 25},   {"once", 20},
    {"around", 30},     {"within", 20},    {"nor", 8},        {"of the", 620},
    {"in the", 560},    {"to the", 300},   {"on the", 230},   {"for the", 210},
    {"and the", 170},   {"at the", 190},   {"that the", 130}, {"with the", 120},
    {"by the", 140},    {"from the", 120}, {"in a", 130},     {"of a", 110},
    {"with a", 90},     {"for a", 80},     {"to be", 110},    {"has been", 70},
    {"have been", 60},  {"will be", 70},   {"he was", 45},    {"it is", 60},
    {"as a", 80},       {"is a", 60},      {"that he", 35},   {"who was", 25},
    {"at a", 50},       {"would be", 35},  {"was a", 45},     {"and a", 45},
    {"as the", 50},     {"is the", 45},    {"after the", 45}, {"it was", 45},
    {"one of the", 35}, {"but the", 35},   {"they are", 25},  {"into the", 35},
    {"over the", 40},   {"this is", 30},   {"there is", 22},  {"more than", 55},
};

}  // namespace

std::span<const FunctionWord> FunctionWords() { return kFunctionWords; }

}  // namespace storyfold

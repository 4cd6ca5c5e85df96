#pragma once

namespace storyfold {

// How the program's heap is kept; nothing where the C library is not glibc.

// Makes freed arrays go back to the system. glibc would keep those of up to 32
// MB for the next ones of their size, which never come: each pass has others.
// Takes a fifth of the memory off a run over 300,000 articles, and nothing off
// a night, whose page faults it doubles. Call it before there are threads.
void ReturnLargeArrays();

// Keeps some of what is free at the end of the heap, which is soon asked for
// again: giving it back makes two thirds of the page faults of a night. Arrays
// of 8 MB and more still go back to the system; were it those of 128 kB, as
// where glibc is told only what to keep, a third of the page faults would stay.
// Call it before there are threads.
void KeepEndOfHeap();

}  // namespace storyfold

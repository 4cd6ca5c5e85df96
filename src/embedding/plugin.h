#ifndef STORYFOLD_EMBEDDING_PLUGIN_H_
#define STORYFOLD_EMBEDDING_PLUGIN_H_

/* The interface of a plug-in that runs embedding models: a shared object that
 * storyfold opens at run time, so that what it links to (a tokeniser, a runtime
 * of neural networks) is no part of storyfold. Plain C; no exception leaves it.
 */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define STORYFOLD_PLUGIN_VERSION 1

/* Where a model is, and what its manifest says; good until open() returns. */
typedef struct StoryfoldModelSettings {
  const char* model_path;
  const char* tokenizer_path;
  const char*
      runtime_path;   /* of the runtime's library; NULL: the usual names */
  const char* prefix; /* put before each text */
  uint32_t dimension;
  uint32_t max_tokens;  /* of a text, with those at begin and end */
  int64_t token_offset; /* what is added to the tokeniser's numbers */
  int64_t begin_token;
  int64_t end_token;
  int64_t unknown_token;
  int32_t pools_first_token; /* 0: the mean of all tokens */
} StoryfoldModelSettings;

typedef struct StoryfoldModel StoryfoldModel;

typedef struct StoryfoldPlugin {
  uint32_t version; /* STORYFOLD_PLUGIN_VERSION */

  /* Returns the model, or NULL and why not, cut to error_size bytes with the
   * zero at its end. */
  StoryfoldModel* (*open)(const StoryfoldModelSettings* settings, char* error,
                          size_t error_size);

  /* Writes the `dimension` numbers of one text (UTF-8, no zero at its end).
   * Returns 0, or another value and why. On the calling thread only; several
   * threads may call it at once. */
  int (*embed)(StoryfoldModel* model, const char* text, size_t text_size,
               float* vector, char* error, size_t error_size);

  void (*close)(StoryfoldModel* model);
} StoryfoldPlugin;

/* The one symbol of the plug-in; what it returns lives as long as the plug-in
 * is open. */
#define STORYFOLD_PLUGIN_SYMBOL "storyfold_plugin"
const StoryfoldPlugin* storyfold_plugin(void);

#ifdef __cplusplus
}
#endif

#endif /* STORYFOLD_EMBEDDING_PLUGIN_H_ */

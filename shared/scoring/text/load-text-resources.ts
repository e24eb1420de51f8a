import { loadLanguages } from "./load-languages.ts";
import { loadLexicon } from "./load-lexicon.ts";
import { loadTextModel } from "./model/load-text-model.ts";
import type { TextResources } from "./score-post.ts";

/**
 * Reads everything that the post scorer ships with from one folder, once, at start.
 * @throws Error where a file is missing or cannot be read.
 */
export const loadTextResources = (directory: string | URL): TextResources => ({
  lexicon: loadLexicon(directory),
  languages: loadLanguages(directory),
  model: loadTextModel(directory),
});

/**
 * The words of the domain: sessions, lineages, agent versions, attempts, scores and what else
 * people and agents left behind, wherever it was read from. The entry is {@link
 * dev.lightningbridge.corpus.Corpus}.
 */
@NullMarked
package dev.lightningbridge.corpus;

import org.jspecify.annotations.NullMarked;

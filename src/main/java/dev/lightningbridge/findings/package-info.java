/**
 * What is suspicious in a winner: text that it may have taken from a database, a user or a model.
 * One entry, {@link dev.lightningbridge.findings.WinnerCheck}; a kind of look is one class behind
 * one interface.
 */
@NullMarked
package dev.lightningbridge.findings;

import org.jspecify.annotations.NullMarked;

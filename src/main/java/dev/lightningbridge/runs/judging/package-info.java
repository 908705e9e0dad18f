/**
 * Who grades a run, and how far a judge can be trusted. The entry is {@link
 * dev.lightningbridge.runs.judging.JudgeReview}.
 */
@NullMarked
package dev.lightningbridge.runs.judging;

import org.jspecify.annotations.NullMarked;

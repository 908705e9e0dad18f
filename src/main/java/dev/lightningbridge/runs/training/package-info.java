/** Runs that train a model. The entry is {@link dev.lightningbridge.runs.training.Trainers}. */
@NullMarked
package dev.lightningbridge.runs.training;

import org.jspecify.annotations.NullMarked;

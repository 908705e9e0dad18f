/**
 * Schedules and what they do at night. The entry is {@link
 * dev.lightningbridge.runs.nights.Schedules}.
 */
@NullMarked
package dev.lightningbridge.runs.nights;

import org.jspecify.annotations.NullMarked;

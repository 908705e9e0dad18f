/**
 * What works on runs, put together around one home folder: {@link
 * dev.lightningbridge.workshop.Workshop}.
 */
@NullMarked
package dev.lightningbridge.workshop;

import org.jspecify.annotations.NullMarked;

/**
 * What is shown to somebody who has no data of their own. The entry is {@link
 * dev.lightningbridge.demo.SampleDatabase}.
 */
@NullMarked
package dev.lightningbridge.demo;

import org.jspecify.annotations.NullMarked;

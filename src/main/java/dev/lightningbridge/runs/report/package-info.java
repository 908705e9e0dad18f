/**
 * A run as one HTML file that needs nothing else. The entry is {@link
 * dev.lightningbridge.runs.report.HtmlReport}.
 */
@NullMarked
package dev.lightningbridge.runs.report;

import org.jspecify.annotations.NullMarked;

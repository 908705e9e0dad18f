/**
 * What was said between applications and their endpoints, recorded as attempts: read, masked,
 * queued and written. The entry is {@link dev.lightningbridge.capture.recording.Recorder}.
 */
@NullMarked
package dev.lightningbridge.capture.recording;

import org.jspecify.annotations.NullMarked;

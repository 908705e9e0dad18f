/**
 * Holds the judge against the people: how well do its scores agree with theirs? The entry is {@link
 * dev.lightningbridge.grading.calibration.JudgeCalibration}.
 */
@NullMarked
package dev.lightningbridge.grading.calibration;

import org.jspecify.annotations.NullMarked;

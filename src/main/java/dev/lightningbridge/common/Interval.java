package dev.lightningbridge.common;

/** A confidence interval, both ends included. */
public record Interval(double low, double high) {}

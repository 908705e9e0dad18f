package dev.lightningbridge.findings;

/** What both prompts answered to a task of the sealed test; empty where one failed. */
public record TestOutput(String taskId, String start, String winner) {}

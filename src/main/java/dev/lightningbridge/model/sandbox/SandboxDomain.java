package dev.lightningbridge.model.sandbox;

import java.util.Locale;

/** The kinds of task that the sandbox knows. */
public enum SandboxDomain {
  /** Support tickets to be sorted, as JSON. */
  TRIAGE,
  /** Invoices to be read, as JSON. */
  EXTRACT,
  /** Meeting rooms to be chosen. */
  ROOMS,
  /** Any other text; answers are judged by their form. */
  GENERIC;

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}

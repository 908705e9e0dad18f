package dev.lightningbridge.findings;

import dev.lightningbridge.findings.Sentences.Sentence;

/** A finding to be that says what a row says, with the row. */
record Quote(Suspect suspect, Origin origin) {
  static final String WHOLE = "Word for word from a row of the database.";

  static Quote of(Sentence place, String why, Origin origin) {
    return of(place.start(), place.end(), why, origin);
  }

  static Quote of(int start, int end, String why, Origin origin) {
    return new Quote(new Suspect(Finding.Kind.QUOTE, start, end, why), origin);
  }

  /** Whether the other one goes on with what the same row says. */
  boolean isContinuedBy(Quote next) {
    return next.origin.source().equals(origin.source()) && next.suspect.start() <= suspect.end();
  }

  Quote with(Quote next) {
    return of(suspect.start(), Math.max(suspect.end(), next.suspect.end()), suspect.why(), origin);
  }
}

package dev.lightningbridge.model.sandbox;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A domain whose inputs stand between a header line and an end line, so that text shows them. */
abstract sealed class KnownDomain extends Domain permits Triage, Extract, Rooms {
  private final Pattern header;
  private final String end;

  KnownDomain(SkillTable table, long seed, Pattern header, String end) {
    super(table, seed);
    this.header = header;
    this.end = end;
  }

  /** An output that the sandbox's worker wrote, somewhere in the text. */
  abstract Optional<String> outputIn(String text);

  final Pattern header() {
    return header;
  }

  final String end() {
    return end;
  }

  /** Where the first whole input begins in the text; -1 where there is none. */
  final int startIn(String text) {
    Matcher matcher = header.matcher(text);
    return matcher.find() && text.indexOf(end, matcher.end()) >= 0 ? matcher.start() : -1;
  }
}
